/**
 * What the scenarios ask of everyone they compare.
 * @typedef {object} Contender
 * @property {string} name
 * @property {number[]} pids its own processes
 * @property {number[]} [dataPids] the database and Redis that work for it alone
 * @property {(order: Order, connection: number) => object} [stream] a call that is answered as a stream
 * @property {(connection: number) => object} [cached] a call whose answer is there already
 * @property {(connection: number) => object} [noop] the least it can be asked
 * @property {() => Promise<unknown>} stop
 *
 * What the upstream is to do: `first` and `gap` in milliseconds, `tokens`, and by provider a fault.
 * @typedef {{ first?: number, gap?: number, tokens?: number, gemini?: string, openai?: string, id?: string }} Order
 */

/** The order as it stands in a prompt. */
export function orderText(order) {
  return `{{bench ${Object.entries(order)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ")}}}`;
}

let asked = 0;
const run = Date.now().toString(36);

/** A question nobody has asked before, in this run or an earlier one. */
export function newQuestion(order) {
  asked += 1;
  return `Tell me something new about ${run}-${asked}. ${orderText(order)}`;
}

/** A key nobody has used. */
export function newKey() {
  asked += 1;
  return `bench-${run}-${asked}`;
}

/** The body of OpenAI's API. */
export const openaiBody = (order) =>
  JSON.stringify({ model: "bench", stream: true, messages: [{ role: "user", content: newQuestion(order) }] });

export const json = { "content-type": "application/json" };
