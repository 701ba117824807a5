import type { Readable } from "node:stream";

const END_OF_EVENT = /\r?\n\r?\n/;

/**
 * The events of a stream whose every event is `data: ` and JSON, parsed, with one promise for each wait and nothing
 * else: what a stream of words costs is the layers each of them goes through. Fails with the stream, and when it holds
 * anything but such events and comments. Whoever leaves it destroys the stream.
 */
export class JsonEvents implements AsyncIterator<unknown> {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  readonly #events: unknown[] = [];
  #rest = "";
  #end: { error?: unknown } | undefined;
  /** Wakes whoever waits for the next event. */
  #wake: () => void = () => undefined;

  constructor(stream: Readable) {
    stream.on("data", (bytes: Uint8Array) => {
      // What was on its way still comes after the stream is destroyed.
      if (this.#end) return;
      try {
        this.#read(bytes);
      } catch (error) {
        stream.destroy();
        this.#finish({ error });
      }
    });
    stream.on("error", (error) => this.#finish({ error }));
    stream.on("end", () => {
      this.#finish(this.#rest.trim() === "" ? {} : { error: new SyntaxError("The stream ends within an event.") });
    });
  }

  async next(): Promise<IteratorResult<unknown>> {
    if (this.#events.length === 0 && !this.#end) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#events.length > 0) return { done: false, value: this.#events.shift() };
    if (this.#end?.error) throw this.#end.error;
    return { done: true, value: undefined };
  }

  #read(bytes: Uint8Array): void {
    const parts = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split(END_OF_EVENT);
    this.#rest = parts.pop() ?? "";
    for (const part of parts) {
      if (part.startsWith("data: ")) this.#events.push(JSON.parse(part.slice(6)));
      else if (!part.startsWith(":")) throw new SyntaxError("The stream holds something that is no event.");
    }
    if (this.#events.length > 0) this.#wake();
  }

  #finish(end: { error?: unknown }): void {
    this.#end ??= end;
    this.#wake();
  }
}
