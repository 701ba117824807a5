import { env } from "@/env";
import type { ChatProvider } from "@/server/providers/chat-provider";
import type { ChatTier } from "@/shared/chat";

const MODELS: Record<ChatProvider["name"], Record<ChatTier, string>> = {
  gemini: { fast: env.GEMINI_MODEL_FAST, smart: env.GEMINI_MODEL_SMART },
  openai: { fast: env.OPENAI_MODEL_FAST, smart: env.OPENAI_MODEL_SMART },
};

/** The model a provider answers a tier with. */
export const modelFor = (provider: ChatProvider["name"], tier: ChatTier): string => MODELS[provider][tier];
