import {
  AuditEntry,
  LedgerEntry,
  Operation,
  type OperationDoc,
  ProviderCall,
  type ProviderCallDoc,
  Purchase,
  type PurchaseDoc,
  RequestEvent,
  type RequestEventDoc,
  User,
} from "@models";
import { drainOutbox } from "@/server/services/credits/drain-outbox";
import { toLedgerEntry } from "@/server/services/credits/list-history";
import { AppError } from "@/shared/errors";
import type { RequestStory } from "@/shared/operations";
import { writeObservations } from "./write-observations";

/** More than any honest request has; an id that a client sends again and again must not make a page without end. */
const LINES_MAX = 500;
const THINGS_MAX = 100;

/**
 * All that is known of a request, each part in the order of time. What another process told in the last second may be
 * missing yet.
 * @throws AppError NOT_FOUND when nothing is known of it.
 */
export async function tellRequest(requestId: string): Promise<RequestStory> {
  await writeObservations();
  const of = { requestId };
  const [lines, calls, operations, ordered, audit] = await Promise.all([
    RequestEvent.find(of).sort({ at: 1, _id: 1 }).limit(LINES_MAX).lean(),
    ProviderCall.find(of).sort({ at: 1 }).limit(LINES_MAX).lean(),
    Operation.find(of).limit(THINGS_MAX).lean(),
    Purchase.find(of).limit(THINGS_MAX).lean(),
    AuditEntry.find(of).limit(THINGS_MAX).lean(),
  ]);
  const purchases = [...ordered, ...(await changedPurchases(lines, ordered))];
  const userId = userOf(lines, operations, purchases) ?? audit[0]?.actor;
  // What was settled a moment ago belongs to the story.
  if (userId) await drainOutbox(userId);
  const ledger = await LedgerEntry.find(of).limit(THINGS_MAX).lean();
  if ([lines, calls, operations, purchases, audit, ledger].every(({ length }) => length === 0)) {
    throw new AppError("NOT_FOUND", "Nothing is known of this request. Its log lines are kept for 30 days.");
  }
  const user = userId ? await User.findById(userId, { email: 1 }).lean() : null;
  return {
    requestId,
    ...(userId && { user: { id: userId, email: user?.email } }),
    things: [...operations.map(operationThing), ...purchases.map(purchaseThing)].sort(byTime),
    lines: lines.map(({ at, level, event, fields }) => ({ at, level, event, fields })),
    calls: calls.map(callView),
    ledger: ledger.map(toLedgerEntry).sort(byTime),
    audit: audit.map(({ _id: id, action, note, at }) => ({ id, action, note, at })).sort(byTime),
  };
}

/** Purchases of other requests that this one brought further: a return from PayPal, or a message of its. */
function changedPurchases(lines: RequestEventDoc[], known: PurchaseDoc[]): Promise<PurchaseDoc[]> {
  const told = lines.flatMap(({ fields: { purchase } }) => (typeof purchase === "string" ? purchase : []));
  const others = new Set(told.filter((id) => !known.some(({ _id }) => _id === id)));
  return Purchase.find({ _id: { $in: [...others] } })
    .limit(THINGS_MAX)
    .lean();
}

/** Whoever asked; for what nobody signed in asked, whom it concerned. */
function userOf(lines: RequestEventDoc[], ...things: { userId: string }[][]): string | undefined {
  const call = lines.find(({ event, userId }) => event === "call" && userId);
  return (call ?? things.flat()[0] ?? lines.find(({ userId }) => userId))?.userId;
}

const byTime = (a: { at: Date }, b: { at: Date }) => a.at.getTime() - b.at.getTime();

function operationThing({ _id: id, kind, state, cost, errorCode, createdAt: at }: OperationDoc) {
  return { kind, id, state, cost, errorCode, at };
}

function purchaseThing({ _id: id, state, createdAt: at }: PurchaseDoc) {
  return { kind: "purchase" as const, id, state, at };
}

function callView({ _id: id, requestId: _, ...call }: ProviderCallDoc) {
  return { id, ...call };
}
