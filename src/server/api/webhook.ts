import { requestIdFrom } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { notePrediction } from "@/server/services/image/note-prediction";
import { noteEvent } from "@/server/services/observability/note-event";
import { receiveWebhook } from "@/server/services/payments/receive-webhook";
import { settingsLoaded } from "@/server/services/settings/current-settings";
import { ERROR_STATUS } from "@/shared/errors";
import { plainError } from "./errors";
import { readBytes } from "./read-body";

/** What providers tell us are a few kilobytes. */
const BODY_MAX_BYTES = 1_000_000;

/** Takes a message from PayPal as it came over the wire: its signature covers every byte. */
export const handlePaypalWebhook = (request: Request): Promise<Response> => handle("paypal", request, receiveWebhook);

/** The same from Replicate. */
export const handleReplicateWebhook = (request: Request): Promise<Response> =>
  handle("replicate", request, (delivery, _, log) => notePrediction(delivery, log));

async function handle(
  source: "paypal" | "replicate",
  request: Request,
  receive: typeof receiveWebhook,
): Promise<Response> {
  const requestId = requestIdFrom(request.headers.get("x-request-id"));
  const log = logger.child({ requestId });
  const headers = { "x-request-id": requestId };
  const body = await readBytes(request, BODY_MAX_BYTES);
  if (!body) {
    noteEvent(log, { event: "webhook", source, outcome: "refused", why: "too-large" }, { level: "warn" });
    return Response.json({ code: "VALIDATION", message: "body: Too large.", requestId }, { status: 413, headers });
  }
  try {
    await settingsLoaded();
    await receive({ headers: request.headers, body }, requestId, log);
    noteEvent(log, { event: "webhook", source, outcome: "accepted" });
    return Response.json({ ok: true }, { headers });
  } catch (error) {
    const { code, message } = plainError(error);
    // Who refuses a message says why.
    if (code !== "VALIDATION") {
      const level = code === "INTERNAL" ? "error" : "warn";
      noteEvent(log, { event: "webhook", source, outcome: "failed", why: code }, { level, err: error });
    }
    return Response.json({ code, message, requestId }, { status: ERROR_STATUS[code], headers });
  }
}
