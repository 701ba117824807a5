import type { Actor } from "@/server/lib/actor";
import type { ChatProvider, TokenUsage } from "@/server/providers/chat-provider";
import { ProviderError } from "@/server/providers/provider-error";
import { noteEvent } from "@/server/services/observability/note-event";

const QUESTION = "Answer with the one word: ready";

/** Asks for one word, through the adapter that answers people, and tells of the call as of any other. */
export async function askBriefly(
  provider: ChatProvider,
  model: string,
  { log }: Actor,
  signal: AbortSignal,
): Promise<{ words: number; ms: number }> {
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  let firstTokenMs: number | undefined;
  let usage: TokenUsage | undefined;
  let words = 0;
  const told = { event: "provider", provider: provider.name, model, kind: "test", costMicros: 0 } as const;
  try {
    const turns = [{ role: "user" as const, text: QUESTION }];
    for await (const chunk of provider.stream({ model, system: "", turns, signal })) {
      if (chunk.type === "finish") usage = chunk.usage;
      else {
        firstTokenMs ??= elapsed();
        words += 1;
      }
    }
  } catch (error) {
    const { kind = "timeout", status } = error instanceof ProviderError ? error.failure : {};
    const failure = status ? String(status) : kind;
    noteEvent(log, { ...told, outcome: "failed", failure, ms: elapsed(), sandbox: provider.sandbox });
    throw error;
  }
  noteEvent(log, { ...told, ...usage, outcome: "answered", firstTokenMs, ms: elapsed(), sandbox: provider.sandbox });
  return { words, ms: firstTokenMs ?? elapsed() };
}
