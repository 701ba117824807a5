import { policy } from "@/server/lib/policy";
import { chatChain } from "./chat-models";

/**
 * Opens a connection to each chat provider, so that the first question need not wait for one: it is asked about a model,
 * which costs nothing. What goes wrong is told when somebody asks a question, or by the doctor.
 */
export async function warmProviders(): Promise<void> {
  const signal = AbortSignal.timeout(policy.providers.connectMs * 2);
  await Promise.allSettled(chatChain("fast").map(({ provider, model }) => provider.lookUpModel(model, signal)));
}
