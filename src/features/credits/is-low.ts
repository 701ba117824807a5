import type { Balance } from "@/shared/common";
import type { Prices } from "@/shared/prices";

/** Enough for so few more things that it is time to say where there are more. */
const FEW = 3;

/** Whether the credits will be gone soon, by what the cheapest thing costs here. */
export function isLow({ available }: Pick<Balance, "available">, { chat, image }: Prices): boolean {
  return available < FEW * Math.min(chat.fast, image);
}
