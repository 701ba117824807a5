import { abortable } from "./abortable";
import type { ChatChunk, ChatRequest, TokenUsage } from "./chat-provider";
import { failure } from "./explain-failure";
import type { ProviderError, ProviderName } from "./provider-error";

type FinishReason = Extract<ChatChunk, { type: "finish" }>["reason"];

/** What one event of a provider's stream means. */
export interface ChatEventReading {
  text?: string;
  finish?: FinishReason;
  usage?: TokenUsage;
}

/** What is particular to one provider's stream. */
export interface ChatSource<T> {
  provider: ProviderName;
  /** Makes the call. Aborting `signal` closes its connection, and rejects whatever is waited for at once. */
  open(signal: AbortSignal): Promise<AsyncIterator<T>>;
  /** Throws when the event is an error or makes no sense. */
  read(event: T): ChatEventReading;
  explain(error: unknown): ProviderError;
}

/** How long to wait, in milliseconds, for the usage that follows the finish marker. The answer is complete by then. */
const TAIL_MS = 1_000;

/**
 * The part of streaming that is the same for every provider: prompt aborts, a closed connection whichever way it ends,
 * and no success without a finish marker.
 */
export async function* readChatStream<T>(request: ChatRequest, source: ChatSource<T>): AsyncGenerator<ChatChunk> {
  const { signal } = request;
  signal.throwIfAborted();
  const upstream = new AbortController();
  const stop = () => upstream.abort();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const events = await abortable(source.open(upstream.signal), signal);
    let finish: FinishReason | undefined;
    let usage: TokenUsage | undefined;
    while (true) {
      const next = await (finish ? nextOrEnd(events) : events.next());
      if (next.done) break;
      const reading = source.read(next.value);
      usage = reading.usage ?? usage;
      finish = reading.finish ?? finish;
      if (finish === "blocked") break;
      if (reading.text) yield { type: "text", text: reading.text };
    }
    if (!finish) throw failure({ provider: source.provider, kind: "incomplete" });
    yield { type: "finish", reason: finish, ...(usage && { usage }) };
  } catch (error) {
    signal.throwIfAborted();
    throw source.explain(error);
  } finally {
    signal.removeEventListener("abort", stop);
    upstream.abort();
  }
}

/** The next event, or the end when none comes soon or the connection breaks: the finish marker was already here. */
async function nextOrEnd<T>(events: AsyncIterator<T>): Promise<IteratorResult<T>> {
  const end: IteratorResult<T> = { done: true, value: undefined };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<IteratorResult<T>>((resolve) => {
    timer = setTimeout(resolve, TAIL_MS, end);
  });
  try {
    return await Promise.race([events.next(), late]);
  } catch {
    return end;
  } finally {
    clearTimeout(timer);
  }
}
