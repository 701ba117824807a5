import type { env } from "@/env";

const PATH = "/api/webhooks/replicate";
/** Names of the machine itself, to which nobody outside can send anything. */
const OWN_MACHINE = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/;

/**
 * Where Replicate is to tell that a prediction has ended. Undefined when it could not get there, because people open
 * this instance on its own machine or without TLS, or when what it sends could not be told from anyone else's.
 */
export function replicateWebhookUrl({
  NEXTAUTH_URL,
  REPLICATE_WEBHOOK_SECRET,
}: Pick<typeof env, "NEXTAUTH_URL" | "REPLICATE_WEBHOOK_SECRET">): string | undefined {
  const { protocol, hostname } = new URL(NEXTAUTH_URL);
  const isPublic = protocol === "https:" && !OWN_MACHINE.test(hostname);
  return isPublic && REPLICATE_WEBHOOK_SECRET ? NEXTAUTH_URL.replace(/\/$/, "") + PATH : undefined;
}
