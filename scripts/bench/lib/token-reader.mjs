import { now } from "./clock.mjs";

/**
 * Finds the upstream's tokens in what a contender sends, and notes when each was written and when it is here.
 * `lines`: the reply is JSON by the line, of which only those with text count: the last repeats the whole answer.
 */
export class TokenReader {
  /** When the first token was here, was written, and its request had reached the upstream; in microseconds. */
  first = { arrived: Number.NaN, written: Number.NaN, received: Number.NaN };
  /** When the last token was here, in microseconds. */
  lastArrived = Number.NaN;
  /** From the upstream's writing a token to its being here, in microseconds. */
  relays = [];
  /** Who wrote each token and its number, like `g0`. */
  names = [];
  /** How the reply says that it ended: `done`, `error`, or not at all. */
  end;
  #rest = "";

  constructor({ lines = false } = {}) {
    this.lines = lines;
  }

  feed(piece) {
    const arrived = now();
    const text = this.#rest === "" ? piece : this.#rest + piece;
    this.#rest = this.lines ? this.#feedLines(text, arrived) : this.#feedTokens(text, arrived);
  }

  #feedLines(text, arrived) {
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      const line = text.slice(from, to);
      from = to + 1;
      if (line.includes('"type":"delta"') || line.includes('"type":"snapshot"')) this.#feedTokens(line, arrived);
      else if (line.includes('"type":"done"')) this.end = "done";
      else if (line.includes('"type":"error"')) this.end = "error";
    }
    return text.slice(from);
  }

  #feedTokens(text, arrived) {
    for (let from = 0; ; ) {
      const begins = text.indexOf("@", from);
      if (begins < 0) return "";
      const ends = text.indexOf(";", begins);
      if (ends < 0) return text.slice(begins);
      this.#take(text, begins, ends, arrived);
      from = ends + 1;
    }
  }

  #take(text, begins, ends, arrived) {
    const [name, written, received] = text.slice(begins + 1, ends).split(",");
    if (!written) return;
    if (this.names.length === 0) this.first = { arrived, written: Number(written), received: Number(received) };
    this.lastArrived = arrived;
    this.names.push(name);
    this.relays.push(arrived - Number(written));
  }
}
