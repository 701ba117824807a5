import type { Balance } from "@/shared/common";

/** A number of credits as it was written; NaN when it is not a whole number above zero. */
export function readCredits(text = ""): number {
  const digits = text.replaceAll(/[\s,_']/g, "");
  return /^[1-9]\d*$/.test(digits) ? Number(digits) : Number.NaN;
}

/** What a correction leaves: what is given first repays what is owed. Undefined when more is taken than there is. */
export function adjustedBalance({ available, held, owed }: Balance, amount: number): Balance | undefined {
  if (available + amount < 0) return undefined;
  const repaid = amount > 0 ? Math.min(owed, amount) : 0;
  return { available: available + amount - repaid, held, owed: owed - repaid };
}
