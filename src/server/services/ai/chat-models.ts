import type { ChatProvider } from "@/server/providers/chat-provider";
import { chatProviders } from "@/server/providers/configured";
import { currentSettings } from "@/server/services/settings/current-settings";
import type { ChatTier } from "@/shared/chat";

export interface ChainLink {
  provider: ChatProvider;
  model: string;
}

/** Who is asked for a tier's answers, in which order: the operator's choice among those that are set up. */
export function chatChain(tier: ChatTier): ChainLink[] {
  const configured = chatProviders();
  return currentSettings().chatProviders.flatMap(({ name, on, ...models }) => {
    const provider = on && configured.find((it) => it.name === name);
    return provider ? [{ provider, model: models[tier] }] : [];
  });
}
