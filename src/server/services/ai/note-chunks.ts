import type { ChatChunk, ChatRequest, TokenUsage } from "@/server/providers/chat-provider";
import { failureClass, type NotedCall } from "@/server/services/observability/note-provider-call";
import { estimateTokens } from "./provider-prices";

/**
 * A provider's chunks as they come, with what the call was told at its end: how it went and what was used. What was read
 * of a call that was cut off has its price too; one that brought nothing is taken to have cost nothing.
 */
export async function* noteChunks(
  call: NotedCall,
  chunks: AsyncGenerator<ChatChunk>,
  { system, turns, signal }: Pick<ChatRequest, "system" | "turns" | "signal">,
): AsyncGenerator<ChatChunk> {
  let characters = 0;
  const used = (usage?: TokenUsage): Partial<TokenUsage> => {
    if (usage) return usage;
    if (characters === 0) return {};
    const asked = turns.reduce((sum, { text }) => sum + text.length, system.length);
    return { inputTokens: estimateTokens(asked), outputTokens: estimateTokens(characters) };
  };
  try {
    for await (const chunk of chunks) {
      if (chunk.type === "text") {
        if (characters === 0) call.begun();
        characters += chunk.text.length;
      } else {
        // Before it is passed on: nobody may come back for more.
        const failure = chunk.reason === "blocked" ? "blocked" : characters === 0 ? "incomplete" : undefined;
        call.end({ ...used(chunk.usage), ...(failure ? { outcome: "failed", failure } : { outcome: "answered" }) });
      }
      yield chunk;
    }
  } catch (error) {
    const how = signal.aborted
      ? ({ outcome: "aborted" } as const)
      : ({ outcome: "failed", failure: failureClass(error) } as const);
    call.end({ ...used(), ...how });
    throw error;
  } finally {
    call.end({ ...used(), outcome: "aborted" });
  }
}
