import type { SessionUser } from "@/server/auth/session";
import { getBalance } from "@/server/services/credits/get-balance";
import { currentPrices } from "@/server/services/credits/quote";
import { entitlementsOf } from "@/server/services/settings/current-settings";
import { featuresOf } from "@/server/services/settings/features";
import type { Me } from "@/shared/account";

/** Everything the interface needs to know of who is signed in. */
export async function describeMe({ id, email, name, role }: Omit<SessionUser, "status">): Promise<Me> {
  const { chatPerMinute, imagesPerRequest, smart } = entitlementsOf(role);
  const features = featuresOf(id);
  const limits = { chatPerMinute, imagesPerRequest, smart: smart && features.smart };
  return { id, email, name, role, limits, features, prices: currentPrices(), balance: await getBalance(id) };
}
