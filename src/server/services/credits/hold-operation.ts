import { Account, Operation, type OperationDoc } from "@models";
import { AppError } from "@/shared/errors";
import { announceBalance } from "./balance-events";
import { balanceOf } from "./get-balance";
import { holdReason } from "./ledger-text";
import { failOperation } from "./settle-operation";

/**
 * Steps 2 and 3 of the ledger: sets the operation's highest price aside, then marks it HELD.
 * @throws AppError as `holdCredits` and `markHeld` do.
 */
export async function holdOperation(operation: OperationDoc): Promise<void> {
  await holdCredits(operation);
  await markHeld(operation);
}

/**
 * Step 2 of the ledger: sets the operation's highest price aside.
 * A refusal decides the operation as FAILED before it is thrown.
 * @throws AppError INSUFFICIENT_CREDITS · RATE_LIMITED (too many running) · SERVICE_UNAVAILABLE (too late).
 */
export async function holdCredits(operation: OperationDoc): Promise<void> {
  const { userId, op, amount, holdBy, requestId } = operation;
  const entry = {
    _id: `${op}:HOLD`,
    userId,
    type: "HOLD" as const,
    deltaAvailable: -amount,
    deltaHeld: amount,
    deltaOwed: 0,
    reason: holdReason(operation),
    ref: operation._id,
    requestId,
    at: new Date(),
  };
  const account = await Account.holdCredits({ userId, op, amount, holdBy, entry });
  if (!account) {
    const refusal = await explainRefusal(operation);
    await failOperation(operation, "NEW", refusal.code);
    throw refusal;
  }
  announceBalance(userId, balanceOf(account));
}

/**
 * Step 3 of the ledger: NEW → HELD, once the credits are held. What is made may be begun meanwhile; nothing of it may be
 * shown before.
 * @throws AppError SERVICE_UNAVAILABLE when the operation was decided elsewhere.
 */
export async function markHeld(operation: OperationDoc): Promise<void> {
  const { _id: id, owner } = operation;
  if (!(await Operation.markHeld({ id, owner }))) throw new AppError("SERVICE_UNAVAILABLE");
  operation.state = "HELD";
}

async function explainRefusal({ userId, amount }: OperationDoc): Promise<AppError> {
  const account = await Account.findById(userId, { available: 1, holds: 1 }).lean();
  if (!account) return new AppError("INTERNAL", undefined, { cause: new Error(`no account for ${userId}`) });
  if (account.available < amount) {
    return new AppError(
      "INSUFFICIENT_CREDITS",
      `This costs ${amount} ${amount === 1 ? "credit" : "credits"} and you have ${account.available}. Nothing was charged.`,
    );
  }
  if (account.holds.length >= 32) {
    return new AppError("RATE_LIMITED", "Too much is running at once. Wait for something to finish.", {
      retryAfterMs: 2_000,
    });
  }
  return new AppError("SERVICE_UNAVAILABLE");
}
