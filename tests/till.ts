import { AuditEntry, LedgerEntry, Purchase, type PurchaseDoc } from "@models";
import { handlePaypalWebhook } from "@/server/api/webhook";
import type { Actor } from "@/server/lib/actor";
import { captureOrder } from "@/server/services/payments/capture-order";
import { createOrder } from "@/server/services/payments/create-order";
import { newKey, sandbox } from "./studio";

type Outcome = "completed" | "pending" | "declined";

/** An order for a pack that its buyer agreed to at PayPal. */
export async function approvedOrder(
  actor: Actor,
  { packId = "20", outcome }: { packId?: string; outcome?: Outcome } = {},
) {
  const { orderId } = await createOrder(actor, { packId, idempotencyKey: newKey() });
  await sandbox().paypal.approve({ orderId, ...(outcome && { outcome }) });
  return orderId;
}

/** A pack bought and paid for, as the browser does it. */
export async function buy(actor: Actor, packId = "20"): Promise<PurchaseDoc> {
  const orderId = await approvedOrder(actor, { packId });
  await captureOrder(actor, { orderId });
  return purchaseOf(orderId);
}

export async function purchaseOf(orderId: string): Promise<PurchaseDoc> {
  const purchase = await Purchase.findOne({ orderId }).lean();
  if (!purchase) throw new Error(`no purchase for ${orderId}`);
  return purchase;
}

interface Message {
  headers: Record<string, string>;
  body: string;
}

/** Brings a message to the webhook's address, and says how it was answered. */
export async function deliver({ headers, body }: Message): Promise<number> {
  const request = new Request("http://localhost:3000/api/webhooks/paypal", { method: "POST", headers, body });
  return (await handlePaypalWebhook(request)).status;
}

/** The messages PayPal has for us about one thing: whatever names its id. */
export async function messagesAbout(id: string, type = ""): Promise<(Message & { event_type: string })[]> {
  const events = await sandbox().paypal.events();
  return events.filter(({ event_type, body }) => event_type.startsWith(type) && body.includes(id));
}

/** The same message under another event id, as PayPal sends it now and then. */
export async function underNewId(message: Message): Promise<Message> {
  const event = JSON.parse(message.body);
  return sandbox().paypal.sign({ event: { ...event, id: `WH-${newKey()}` } });
}

/** What a purchase put into the ledger and took out of it, newest last: type and credits. */
export async function movements({ _id }: PurchaseDoc): Promise<[type: string, credits: number][]> {
  const entries = await LedgerEntry.find({ ref: _id }).sort({ at: 1 }).lean();
  return entries.map(({ type, deltaAvailable, deltaOwed }) => [type, deltaAvailable - deltaOwed]);
}

/** What operators were told about a purchase. */
export async function auditOf(subject: string): Promise<string[]> {
  return (await AuditEntry.find({ subject }).lean()).map(({ action, note }) => `${action}: ${note}`);
}

/** The same list in another order, by chance but without repeats. */
export function shuffled<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
