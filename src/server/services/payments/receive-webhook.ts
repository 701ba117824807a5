import { WebhookEvent, type WebhookEventDoc } from "@models";
import { z } from "zod";
import { connectDatabase } from "@/server/db/connect";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { webhookVerifier } from "@/server/providers/configured";
import type { WebhookDelivery, WebhookRefusal } from "@/server/providers/webhook-delivery";
import { noteEvent } from "@/server/services/observability/note-event";
import { AppError } from "@/shared/errors";
import { callSignal } from "./call-signal";
import { processEvent } from "./process-event";

/** PayPal gives up after three days; so do we. */
const ATTEMPTS_MAX = 30;
const LONGEST_PAUSE_MS = 3 * 3_600_000;

const WHY_REFUSED: Record<WebhookRefusal, string> = {
  unsigned: "headers: This message is not signed as PayPal signs.",
  malformed: "body: This is not an event.",
  certificate: "paypal-cert-url: This is not an address of PayPal's.",
  signature: "paypal-transmission-sig: The signature does not fit this message and this webhook.",
  "too-old": "paypal-transmission-time: This message is too old, or from the future.",
};

/**
 * Takes a message from PayPal: checked, kept, then acted on. Once it is kept it is accepted, whatever happens next: the
 * sweep tries again what could not be done at once.
 * @throws AppError VALIDATION for what PayPal did not send to this webhook: nothing was changed · SERVICE_UNAVAILABLE ·
 *   PROVIDER_UNAVAILABLE when the signing certificate could not be read: PayPal will send it again.
 */
export async function receiveWebhook(delivery: WebhookDelivery, requestId: string, log: Logger): Promise<void> {
  const event = await webhookVerifier().verify(delivery, callSignal());
  if ("refused" in event) {
    noteEvent(log, { event: "webhook", source: "paypal", outcome: "refused", why: event.refused }, { level: "warn" });
    throw new AppError("VALIDATION", WHY_REFUSED[event.refused]);
  }
  await connectDatabase();
  const { id: _id, type } = event;
  const kept: WebhookEventDoc = {
    _id,
    type,
    raw: delivery.body.toString("utf8"),
    state: "RECEIVED",
    attempts: 0,
    checkAt: new Date(Date.now() + policy.payments.recheckMs),
    requestId,
    receivedAt: new Date(),
  };
  try {
    await WebhookEvent.insertOne(kept);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const known = await WebhookEvent.findById(_id, { state: 1 }).lean();
    if (known?.state !== "RECEIVED") return;
  }
  await actOnEvent(kept, log);
}

const resource = z.object({ resource: z.record(z.string(), z.unknown()) });

/** Acts on a message that was kept, and writes down how that went. Never throws: what failed is tried again. */
export async function actOnEvent(event: WebhookEventDoc, log: Logger): Promise<void> {
  const { _id, type, raw, requestId, attempts } = event;
  const done = { $unset: { checkAt: 1 as const }, $inc: { attempts: 1 } };
  try {
    const body = resource.parse(JSON.parse(raw));
    const meant = await processEvent({ id: _id, type, ...body }, requestId, log.child({ event: _id, type }));
    const state = meant ? ("DONE" as const) : ("IGNORED" as const);
    await WebhookEvent.updateOne({ _id, state: "RECEIVED" }, { $set: { state }, ...done });
  } catch (error) {
    const last = attempts + 1 >= ATTEMPTS_MAX;
    log[last ? "error" : "warn"]({ err: error, event: _id, type, attempts }, "webhook event put off");
    const pause = Math.min(policy.payments.recheckMs * 2 ** attempts, LONGEST_PAUSE_MS);
    await WebhookEvent.updateOne(
      { _id, state: "RECEIVED" },
      last
        ? { $set: { state: "FAILED" as const }, ...done }
        : { $set: { checkAt: new Date(Date.now() + pause) }, $inc: { attempts: 1 } },
    );
  }
}
