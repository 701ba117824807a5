import {
  Account,
  AuditEntry,
  Conversation,
  Generation,
  Image,
  LedgerEntry,
  Message,
  Operation,
  ProviderCall,
  Purchase,
  RequestEvent,
  Session,
  SettingsVersion,
  Subscription,
  User,
} from "@models";
import { env } from "@/env";
import { areaOf } from "@/server/services/audit/write-audit";
import type { Past } from "./past";
import type { PaypalRecords } from "./paypal-records";

const BATCH = 1_000;
/** Records of PayPal's in one message. */
const PAYPAL_BATCH = 200;

/** Writes a past into the database, and into PayPal's stand-in what it would know of it. */
export async function writePast(past: Past): Promise<void> {
  await tellPaypal(past.paypal);
  const writes = [
    ...inBatches(past.users, (some) => User.insertMany(some, FAST)),
    ...inBatches(past.accounts, (some) => Account.insertMany(some, FAST)),
    ...inBatches(past.ledger, (some) => LedgerEntry.insertMany(some, FAST)),
    ...inBatches(past.operations, (some) => Operation.insertMany(some, FAST)),
    ...inBatches(past.purchases, (some) => Purchase.insertMany(some, FAST)),
    ...inBatches(past.subscriptions, (some) => Subscription.insertMany(some, FAST)),
    ...inBatches(past.conversations, (some) => Conversation.insertMany(some, FAST)),
    ...inBatches(past.messages, (some) => Message.insertMany(some, FAST)),
    ...inBatches(past.generations, (some) => Generation.insertMany(some, FAST)),
    ...inBatches(past.images, (some) => Image.insertMany(some, FAST)),
    ...inBatches(past.calls, (some) => ProviderCall.insertMany(some, FAST)),
    ...inBatches(past.events, (some) => RequestEvent.insertMany(some, FAST)),
    ...inBatches(past.sessions, (some) => Session.insertMany(some, FAST)),
    ...inBatches(past.audit, (some) =>
      AuditEntry.insertMany(
        some.map((entry) => ({ ...entry, area: areaOf(entry.action) })),
        FAST,
      ),
    ),
    ...inBatches(past.settings, (some) => SettingsVersion.insertMany(some, FAST)),
  ];
  for (const write of writes) await write();
}

/** Tens of thousands of documents that are as they ought to be: the tests look at each. */
const FAST = { lean: true, ordered: false } as const;

function inBatches<T>(documents: T[], write: (some: T[]) => Promise<unknown>): (() => Promise<unknown>)[] {
  const starts = Array.from({ length: Math.ceil(documents.length / BATCH) }, (_, index) => index * BATCH);
  return starts.map((start) => () => write(documents.slice(start, start + BATCH)));
}

async function tellPaypal({ orders, payments, subscriptions }: PaypalRecords): Promise<void> {
  const most = Math.max(orders.length, payments.length, subscriptions.length);
  for (let start = 0; start < most; start += PAYPAL_BATCH) {
    const some = <T>(records: T[]) => records.slice(start, start + PAYPAL_BATCH);
    const reply = await fetch(`${env.SANDBOX_URL}/__control/paypal/remember`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        orders: some(orders),
        payments: some(payments),
        subscriptions: some(subscriptions),
      } satisfies PaypalRecords),
    });
    if (!reply.ok) throw new Error(`The sandbox did not take it: ${await reply.text()}`);
  }
}
