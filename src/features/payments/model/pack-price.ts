import { toDecimal } from "@/shared/money";
import type { Pack } from "@/shared/payments";

/** "€0.10": what one credit of a pack comes to, as exactly as it has to be said. */
export function pricePerCredit({ price, credits }: Pick<Pack, "price" | "credits">): string {
  const decimal = toDecimal(price);
  const digits = decimal.includes(".") ? decimal.length - decimal.indexOf(".") - 1 : 0;
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency: price.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits + 2,
  }).format(Number(decimal) / credits);
}

/** The smallest pack that brings what is missing, or else the largest there is. */
export function packFor(packs: Pack[], missing: number): Pack | undefined {
  const bySize = packs.toSorted((a, b) => a.credits - b.credits);
  return bySize.find(({ credits }) => credits >= missing) ?? bySize.at(-1);
}
