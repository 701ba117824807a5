import type { ModelLookup } from "./model-lookup";

export interface ChatTurn {
  role: "user" | "assistant";
  text: string;
}

export interface ChatRequest {
  model: string;
  system: string;
  turns: ChatTurn[];
  /** Aborting it closes the connection to the provider. */
  signal: AbortSignal;
}

export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
}

export type ChatChunk =
  | { type: "text"; text: string }
  /** Exactly one, last. `blocked`: the provider refused for safety; its text, if any, is not to be shown. */
  | { type: "finish"; reason: "stop" | "length" | "blocked"; usage?: TokenUsage };

/** One way to a language model. Holds no retry, deadline or breaker: those live in services/ai. */
export interface ChatProvider {
  readonly name: "gemini" | "openai";
  /** True when it talks to the local sandbox instead of the provider. */
  readonly sandbox: boolean;
  /**
   * Streams one answer. Ends with a `finish` chunk or throws a ProviderError;
   * an abort by `request.signal` throws the signal's reason.
   */
  stream(request: ChatRequest): AsyncIterable<ChatChunk>;
  /** Whether the key is good and the model known, by one call that costs nothing. Throws as `stream` does. */
  lookUpModel(model: string, signal: AbortSignal): Promise<ModelLookup>;
}
