import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { sendRefusal } from "../control-refusal";
import { parseJson, readBody, sendJson } from "../exchange";
import { ControlRefusal, type PaypalControl } from "./control";
import { OUTCOMES, records } from "./state";

const id = z.string().min(1).max(60);
const outcome = z.enum(OUTCOMES).optional();
const capture = z.strictObject({ captureId: id });
const subscription = z.strictObject({ subscriptionId: id });

const orderApproval = z.strictObject({ orderId: id, outcome });
const subscriptionApproval = z.strictObject({
  subscriptionId: id,
  outcome: z.enum(["completed", "pending"]).optional(),
});

type Run = (control: PaypalControl, body: unknown) => unknown;

/** A route whose body has that schema. */
function route<T>(schema: z.ZodType<T>, run: (control: PaypalControl, input: T) => unknown): Run {
  return (control, body) => run(control, schema.parse(body));
}

const POSTS: Record<string, Run> = {
  approve: (it, body) => {
    const bySubscription = typeof body === "object" && body !== null && "subscriptionId" in body;
    return bySubscription ? it.approve(subscriptionApproval.parse(body)) : it.approve(orderApproval.parse(body));
  },
  complete: route(capture, (it, input) => it.complete(input)),
  deny: route(capture, (it, input) => it.deny(input)),
  refund: route(z.strictObject({ captureId: id, value: z.string().optional() }), (it, input) => it.refund(input)),
  endRefund: route(z.strictObject({ refundId: id, outcome: z.enum(["completed", "failed"]) }), (it, input) =>
    it.endRefund(input),
  ),
  dispute: route(capture, (it, input) => it.dispute(input)),
  resolve: route(z.strictObject({ disputeId: id, outcome: z.enum(["seller", "buyer"]) }), (it, input) =>
    it.resolve(input),
  ),
  bill: route(z.strictObject({ subscriptionId: id, outcome }), (it, input) => it.bill(input)),
  suspend: route(subscription, (it, input) => it.suspend(input)),
  cancel: route(subscription, (it, input) => it.cancel(input)),
  expire: route(subscription, (it, input) => it.expire(input)),
  remember: route(records, (it, input) => it.remember(input)),
  resend: route(z.strictObject({ eventId: id.optional() }), (it, input) => it.resend(input)),
  sign: route(
    z.strictObject({
      event: z.record(z.string(), z.unknown()),
      webhookId: z.string().optional(),
      time: z.iso.datetime({ offset: true }).optional(),
      certUrl: z.string().optional(),
    }),
    (it, input) => it.sign(input),
  ),
  webhook: route(
    z.strictObject({
      url: z.url({ protocol: /^https?$/ }).optional(),
      webhookId: id.optional(),
      eventTypes: z.array(z.string().min(1).max(100)).max(500).optional(),
    }),
    (it, input) => it.setWebhook(input),
  ),
  deliver: route(z.strictObject({ on: z.boolean() }), (it, { on }) => it.deliver(on)),
  settled: route(z.strictObject({}), (it) => it.settled()),
};

/** `/__control/paypal/…`: the methods of `sandbox.paypal`, for those outside its process. */
export async function handlePaypalControl(
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  control: PaypalControl,
): Promise<void> {
  const name = url.pathname.slice("/__control/paypal/".length);
  if (req.method === "GET" && name === "events") return sendJson(res, 200, await control.events());
  const run = req.method === "POST" && Object.hasOwn(POSTS, name) ? POSTS[name] : undefined;
  if (!run) return sendJson(res, 404, { error: `No ${req.method} ${url.pathname} here.` });
  try {
    const answer = await run(control, parseJson(await readBody(req)));
    sendJson(res, 200, answer ?? { ok: true });
  } catch (error) {
    if (error instanceof z.ZodError) return sendRefusal(res, error);
    if (!(error instanceof ControlRefusal)) throw error;
    sendJson(res, error.status, { error: error.message, field: error.field });
  }
}
