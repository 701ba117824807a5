import type { env } from "@/env";
import { isPublicAddress } from "@/server/lib/own-machine";

const PATH = "/api/webhooks/replicate";
/**
 * Where Replicate is to tell that a prediction has ended. Undefined when it could not get there, because people open
 * this instance on its own machine or without TLS, or when what it sends could not be told from anyone else's.
 */
export function replicateWebhookUrl({
  NEXTAUTH_URL,
  REPLICATE_WEBHOOK_SECRET,
}: Pick<typeof env, "NEXTAUTH_URL" | "REPLICATE_WEBHOOK_SECRET">): string | undefined {
  return isPublicAddress(NEXTAUTH_URL) && REPLICATE_WEBHOOK_SECRET ? NEXTAUTH_URL.replace(/\/$/, "") + PATH : undefined;
}
