import { countDown, watchSilence } from "@/server/lib/count-down";
import { policy } from "@/server/lib/policy";
import type { ChatChunk, ChatProvider, ChatTurn, TokenUsage } from "@/server/providers/chat-provider";
import { ProviderError } from "@/server/providers/provider-error";
import { failureClass, type NotedCall } from "@/server/services/observability/note-provider-call";
import { AppError } from "@/shared/errors";
import { estimateTokens } from "./provider-prices";

export interface ProviderQuestion {
  system: string;
  turns: ChatTurn[];
  /** When the first words have to be there, whoever gives them; in milliseconds since the epoch. */
  answerBy: number;
  /** Aborting it closes the connection to the provider. */
  signal: AbortSignal;
}

/**
 * One provider's answer, from its call to its end: cut off with a `timeout` failure when its first words are late, when it
 * falls silent, or when it goes on for too long. `call` is told once how it went and what was used; what was read of a
 * call that was cut off has its price too, one that brought nothing is taken to have cost nothing. First `begin`, then
 * `passOn`, and `leave` in any case.
 */
export class ProviderAnswer {
  readonly #chunks: AsyncIterator<ChatChunk>;
  readonly #cut = new AbortController();
  readonly #total: NodeJS.Timeout;
  #first = "";
  #characters = 0;

  constructor(
    private readonly provider: ChatProvider,
    model: string,
    private readonly question: ProviderQuestion,
    private readonly call: NotedCall,
  ) {
    const { system, turns, signal } = question;
    this.#total = setTimeout(this.#beLate, policy.chat.totalMs);
    const either = AbortSignal.any([signal, this.#cut.signal]);
    this.#chunks = provider.stream({ model, system, turns, signal: either })[Symbol.asyncIterator]();
  }

  /**
   * Waits for the first words: as long as there are none, somebody else can be asked.
   * @throws ProviderError · AppError CONTENT_BLOCKED · the signal's reason when it aborts
   */
  async begin(): Promise<void> {
    const { name } = this.provider;
    const firstContentMs = Math.min(policy.chat.providerFirstContentMs[name], this.question.answerBy - Date.now());
    const stopWaiting = countDown(firstContentMs, this.#beLate);
    try {
      const chunk = await this.#nextContent();
      if (chunk.type === "finish") throw new ProviderError({ provider: name, kind: "incomplete" });
      this.#first = chunk.text;
    } finally {
      stopWaiting();
    }
  }

  /**
   * Passes the whole text on, piece by piece.
   * @returns why it ended
   * @throws as `begin` does
   */
  async passOn(onText: (text: string) => void): Promise<"stop" | "length"> {
    onText(this.#first);
    const silence = watchSilence(policy.chat.idleMs, this.#beLate);
    try {
      for (;;) {
        const chunk = await this.#nextContent();
        silence.heard();
        if (chunk.type === "finish") return chunk.reason;
        onText(chunk.text);
      }
    } finally {
      silence.stop();
    }
  }

  /** Ends the call upstream, also when nobody read on. Safe to repeat. */
  async leave(): Promise<void> {
    clearTimeout(this.#total);
    this.call.end({ ...this.#used(), outcome: "aborted" });
    this.#cut.abort(new ProviderError({ provider: this.provider.name, kind: "reset" }));
    await this.#chunks.return?.();
  }

  readonly #beLate = () => this.#cut.abort(new ProviderError({ provider: this.provider.name, kind: "timeout" }));

  /** The next words that are any, or the end. A refusal is thrown. */
  async #nextContent(): Promise<{ type: "text"; text: string } | { type: "finish"; reason: "stop" | "length" }> {
    for (;;) {
      const chunk = await this.#next();
      if (chunk.type === "text") {
        if (chunk.text === "") continue;
        if (this.#characters === 0) this.call.begun();
        this.#characters += chunk.text.length;
        return chunk;
      }
      const { reason, usage } = chunk;
      // Before it is passed on: what it cost is known now.
      if (reason === "blocked") this.#failed("blocked", usage);
      else if (this.#characters === 0) this.#failed("incomplete", usage);
      else this.call.end({ ...this.#used(usage), outcome: "answered" });
      if (reason === "blocked") throw new AppError("CONTENT_BLOCKED");
      return { type: "finish", reason };
    }
  }

  async #next(): Promise<ChatChunk> {
    try {
      const { value, done } = await this.#chunks.next();
      if (done) throw new ProviderError({ provider: this.provider.name, kind: "incomplete" });
      return value;
    } catch (error) {
      if (this.question.signal.aborted) this.call.end({ ...this.#used(), outcome: "aborted" });
      else this.#failed(failureClass(error));
      throw error;
    }
  }

  #failed(failure: string, usage?: TokenUsage): void {
    this.call.end({ ...this.#used(usage), outcome: "failed", failure });
  }

  #used(usage?: TokenUsage): Partial<TokenUsage> {
    if (usage) return usage;
    if (this.#characters === 0) return {};
    const { system, turns } = this.question;
    const asked = turns.reduce((sum, { text }) => sum + text.length, system.length);
    return { inputTokens: estimateTokens(asked), outputTokens: estimateTokens(this.#characters) };
  }
}
