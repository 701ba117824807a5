import type { Actor } from "@/server/lib/actor";
import type { ChatProvider, TokenUsage } from "@/server/providers/chat-provider";
import { failureClass, noteProviderCall } from "@/server/services/observability/note-provider-call";

const QUESTION = "Answer with the one word: ready";

/** Asks for one word, through the adapter that answers people, and tells of the call as of any other. */
export async function askBriefly(
  provider: ChatProvider,
  model: string,
  { log, requestId }: Actor,
  signal: AbortSignal,
): Promise<{ words: number; ms: number }> {
  const { name, sandbox } = provider;
  const startedAt = performance.now();
  const noted = noteProviderCall({ provider: name, model, kind: "test", sandbox, requestId, log });
  let ms: number | undefined;
  let usage: TokenUsage | undefined;
  let words = 0;
  try {
    const turns = [{ role: "user" as const, text: QUESTION }];
    for await (const chunk of provider.stream({ model, system: "", turns, signal })) {
      if (chunk.type === "finish") {
        usage = chunk.usage;
        continue;
      }
      noted.begun();
      ms ??= Math.round(performance.now() - startedAt);
      words += 1;
    }
  } catch (error) {
    noted.end({ outcome: "failed", failure: failureClass(error) });
    throw error;
  }
  noted.end({ outcome: "answered", ...usage });
  return { words, ms: ms ?? Math.round(performance.now() - startedAt) };
}
