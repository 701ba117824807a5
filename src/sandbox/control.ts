import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { sendRefusal } from "./control-refusal";
import { parseJson, readBody, sendJson } from "./exchange";
import { type FaultQueue, queuedFault, SANDBOX_PROVIDERS } from "./faults";
import { type PaceChange, paceChange } from "./pace";
import type { PaypalControl } from "./paypal/control";
import { handlePaypalControl } from "./paypal/control-routes";
import type { RequestLog } from "./request-log";

export interface ControlTarget {
  faults: FaultQueue;
  log: RequestLog;
  paypal: PaypalControl;
  setPace(change: PaceChange): void;
  reset(): void;
}

/** `/__control/…`: sets faults and pace, plays the payer and PayPal, tells what arrived. Refusals name the field. */
export async function handleControl(
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  target: ControlTarget,
): Promise<void> {
  const route = `${req.method} ${url.pathname}`;
  // A page on the web can post plain text to loopback, but not JSON without asking first, and asking gets no answer.
  if (req.method === "POST" && !req.headers["content-type"]?.startsWith("application/json")) {
    return sendJson(res, 415, { error: "Send application/json." });
  }
  if (url.pathname.startsWith("/__control/paypal/")) return handlePaypalControl(req, res, url, target.paypal);
  switch (route) {
    case "POST /__control/faults": {
      const parsed = queuedFault.safeParse(parseJson(await readBody(req)));
      if (!parsed.success) return sendRefusal(res, parsed.error);
      target.faults.add(parsed.data);
      return sendJson(res, 200, { ok: true });
    }
    case "POST /__control/pace": {
      const parsed = paceChange.safeParse(parseJson(await readBody(req)));
      if (!parsed.success) return sendRefusal(res, parsed.error);
      target.setPace(parsed.data);
      return sendJson(res, 200, { ok: true });
    }
    case "POST /__control/hurry": {
      const parsed = z.strictObject({ body: z.string().min(1).max(200) }).safeParse(parseJson(await readBody(req)));
      if (!parsed.success) return sendRefusal(res, parsed.error);
      target.faults.hurry(parsed.data.body);
      return sendJson(res, 200, { ok: true });
    }
    case "POST /__control/heal":
      target.faults.clear();
      return sendJson(res, 200, { ok: true });
    case "POST /__control/reset":
      target.reset();
      return sendJson(res, 200, { ok: true });
    case "GET /__control/requests": {
      const parsed = z
        .enum(SANDBOX_PROVIDERS)
        .optional()
        .safeParse(url.searchParams.get("provider") ?? undefined);
      if (!parsed.success) return sendJson(res, 400, { error: "provider: unknown", field: "provider" });
      return sendJson(res, 200, target.log.list(parsed.data));
    }
    case "GET /__control/open":
      return sendJson(res, 200, target.log.listOpen());
    default:
      return sendJson(res, 404, { error: `No ${route} here.` });
  }
}
