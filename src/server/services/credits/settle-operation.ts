import { Account, Operation, type OperationDoc } from "@models";
import { logger } from "@/server/lib/logger";
import { noteEvent } from "@/server/services/observability/note-event";
import type { Balance } from "@/shared/common";
import type { ErrorCode } from "@/shared/errors";
import { announceBalance } from "./balance-events";
import { closeSoon } from "./close-settled";
import { balanceOf, getBalance } from "./get-balance";
import { settleReason } from "./ledger-text";

/**
 * Step 4 of the ledger for a delivery: DONE at `cost`. False when the operation was decided elsewhere;
 * then what was made is to be discarded.
 */
export async function completeOperation(
  operation: OperationDoc,
  from: "NEW" | "HELD",
  { cost, outcome, firstTokenMs }: Pick<OperationDoc, "outcome" | "firstTokenMs"> & { cost: number },
): Promise<boolean> {
  const { _id: id, owner } = operation;
  const won = await Operation.decide({ id, owner, from, state: "DONE", cost, outcome, firstTokenMs });
  if (won) Object.assign(operation, { state: "DONE", cost, outcome, firstTokenMs });
  return won;
}

/**
 * Step 4 for a failure, and the settlement that follows; `mark` shows it in between, once it is decided.
 * False when the operation was decided elsewhere.
 */
export async function failOperation(
  operation: OperationDoc,
  from: "NEW" | "HELD",
  code: ErrorCode,
  mark?: () => PromiseLike<unknown>,
): Promise<boolean> {
  const { _id: id, owner } = operation;
  const won = await Operation.decide({ id, owner, from, state: "FAILED", errorCode: code });
  if (!won) return false;
  Object.assign(operation, { state: "FAILED", cost: 0, errorCode: code });
  await mark?.();
  await settleOperation(operation);
  return true;
}

/**
 * Steps 5 and 6 of the ledger, by the decision taken: ends the hold; the ledger, and the mark that all is settled, follow
 * soon. To be called once what was made is published. Safe to repeat.
 */
export async function settleOperation(operation: OperationDoc): Promise<Balance> {
  const { userId, op, amount, requestId } = operation;
  const cost = operation.state === "DONE" ? (operation.cost ?? 0) : 0;
  const type = cost > 0 ? ("CAPTURE" as const) : ("RELEASE" as const);
  const entry = {
    _id: `${op}:${type}`,
    userId,
    type,
    deltaAvailable: amount - cost,
    deltaHeld: -amount,
    deltaOwed: 0,
    reason: settleReason(operation, cost),
    ref: operation._id,
    requestId,
    at: new Date(),
  };
  const settle = () => Account.settleHold({ userId, op, amount, cost, entry });
  // For an answer from the cache nothing was held.
  let settled = operation.outcome === "cached" ? null : await settle();
  const buried = settled ? null : await Account.buryOperation({ userId, op });
  // Nothing held, and then something: a hold that was on its way all along.
  if (!settled && !buried) settled = await settle();
  if (settled) {
    const log = logger.child({ requestId, userId });
    noteEvent(log, { event: "credits", type, amount: type === "CAPTURE" ? cost : amount });
  }
  const account = settled ?? buried;
  closeSoon({ operation, outbox: account?.outbox ?? [] });
  const balance = account ? balanceOf(account) : await getBalance(userId);
  announceBalance(userId, balance);
  return balance;
}
