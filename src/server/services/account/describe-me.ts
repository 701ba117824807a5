import type { SessionUser } from "@/server/auth/session";
import { getBalance } from "@/server/services/credits/get-balance";
import { currentPrices } from "@/server/services/credits/quote";
import type { Me } from "@/shared/account";
import { ENTITLEMENTS } from "@/shared/entitlements";

/** Everything the interface needs to know of who is signed in. */
export async function describeMe({ id, email, name, role }: Omit<SessionUser, "status">): Promise<Me> {
  const { chatPerMinute, imagesPerRequest, smart } = ENTITLEMENTS[role];
  const limits = { chatPerMinute, imagesPerRequest, smart };
  return { id, email, name, role, limits, prices: currentPrices(), balance: await getBalance(id) };
}
