import type { ChatEvent } from "../../src/shared/chat";

type End = Extract<ChatEvent, { type: "done" | "error" }>;

/** An answer as one reader saw it arrive. */
export class Reading {
  #text: string;
  #longest = "";
  #end: End | undefined;
  /** By kind: the first of a kind says enough. */
  readonly #problems = new Map<string, string>();

  /** @param text what the reader has already */
  constructor(text = "") {
    this.#text = text;
    this.#longest = text;
  }

  /** What is to be seen now. */
  get text(): string {
    return this.#text;
  }

  /** The most there was to be seen. */
  get longest(): string {
    return this.#longest;
  }

  /** What the stream ended with; undefined while it did not, and for one that broke off. */
  get end(): End | undefined {
    return this.#end;
  }

  /** What was wrong with the stream itself. */
  get problems(): string[] {
    return [...this.#problems.values()];
  }

  /** Takes what comes, as the page does. */
  take(event: ChatEvent): void {
    if (this.#end) this.#note("end", `a ${event.type} came after the end`);
    if (event.type === "done" || event.type === "error") this.#end = event;
    if (event.type !== "delta" && event.type !== "snapshot") return;
    if (event.type === "delta" && event.seq !== this.#text.length) {
      this.#note("place", `text for place ${event.seq} came when ${this.#text.length} characters were there`);
    }
    this.#text = this.#text.slice(0, event.seq) + event.text;
    if (!isOneBeginning(this.#text, this.#longest)) this.#note("text", "the text changed while it was read");
    if (this.#text.length > this.#longest.length) this.#longest = this.#text;
  }

  #note(kind: string, problem: string): void {
    if (!this.#problems.has(kind)) this.#problems.set(kind, problem);
  }
}

/** Whether one of the texts is how the other begins. */
export const isOneBeginning = (one: string, other: string) => one.startsWith(other) || other.startsWith(one);
