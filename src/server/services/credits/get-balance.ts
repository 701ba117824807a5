import { Account, type AccountDoc } from "@models";
import type { Balance } from "@/shared/common";

/** What there is before there is an account. */
export const NO_CREDITS: Balance = { available: 0, held: 0, owed: 0 };

/** The part of an account people see. */
export function balanceOf(account: Pick<AccountDoc, "available" | "held" | "owed">): Balance {
  return { available: account.available, held: account.held, owed: account.owed };
}

/** A user's credits; all zero while the account does not exist. */
export async function getBalance(userId: string): Promise<Balance> {
  const account = await Account.findById(userId, { available: 1, held: 1, owed: 1 }).lean();
  return account ? balanceOf(account) : NO_CREDITS;
}
