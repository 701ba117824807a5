import { answerLog } from "@/server/providers/configured";
import type { AnswerState } from "./answers";

/** How often the stored message is looked at; its text is at most as old as its last checkpoint. */
const STORED_MS = 300;
/** How often the log is read, when there is one, and how often its writer is told that it is. */
const LOG_MS = 100;
const WANT_MS = 2_000;

/** An answer that is being written by another process, as it is seen from here. */
export class RemoteAnswer {
  readonly #messageId: string;
  readonly #readStored: () => Promise<AnswerState>;
  #text: string;
  #stored: AnswerState | undefined;
  #lookedAt = 0;
  #wantedAt = 0;

  /** @param readStored reads the message as it is kept */
  constructor(messageId: string, readStored: () => Promise<AnswerState>) {
    this.#messageId = messageId;
    this.#readStored = readStored;
    this.#text = "";
  }

  /** How long to wait before looking again, in milliseconds. */
  get pauseMs(): number {
    return answerLog() ? LOG_MS : STORED_MS;
  }

  /** The answer as far as it is known. @throws AppError NOT_FOUND when there is no such message. */
  async look(): Promise<AnswerState> {
    this.#text += await this.#readLog();
    if (!this.#stored || Date.now() - this.#lookedAt >= STORED_MS) {
      this.#stored = await this.#readStored();
      this.#lookedAt = Date.now();
    }
    if (this.#stored.end) return this.#stored;
    if (this.#stored.text.length > this.#text.length) this.#text = this.#stored.text;
    return { ...this.#stored, text: this.#text };
  }

  /** A log that is away is an empty one: the stored text says the same, a little later. */
  async #readLog(): Promise<string> {
    const log = answerLog();
    if (!log) return "";
    try {
      if (Date.now() - this.#wantedAt >= WANT_MS) {
        this.#wantedAt = Date.now();
        await log.want(this.#messageId);
      }
      return await log.read(this.#messageId, this.#text.length);
    } catch {
      return "";
    }
  }
}
