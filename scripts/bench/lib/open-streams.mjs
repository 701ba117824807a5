import { setTimeout as sleep } from "node:timers/promises";
import { ask, keepAlive } from "./ask.mjs";
import { cpuOf } from "./windows.mjs";

/** So far apart they are begun: what is measured is streams that are open, not the rush of those who come. */
const APART_MS = 25;
const SETTLE_MS = 500;

/**
 * Opens so many streams at once and listens for a while once all have begun.
 * @param {{ contender: import("./contender.mjs").Contender, streams: number, seconds: number, order: object,
 *   during?: () => void }} options `during` is called while all are open
 * @returns {Promise<{ relays: number[], spent: { app: number, data: number }, samples: object[] }>} of the time listened:
 *   how late each token was, and the processor time it took, both in microseconds
 */
export async function openStreams({ contender, streams, seconds, order, during }) {
  const listenMs = seconds * 1_000;
  const beginMs = streams * APART_MS;
  const tokens = Math.ceil((beginMs + 2 * SETTLE_MS + listenMs) / order.gap);
  const agent = keepAlive(streams);
  const samples = [];
  const readers = new Set();
  const one = async (number) => {
    await sleep(APART_MS * number);
    const call = contender.stream({ ...order, tokens }, number);
    samples.push(await ask(call, agent, { onReader: (reader) => readers.add(reader) }));
  };
  const all = Promise.all(Array.from({ length: streams }, (_, number) => one(number)));
  await sleep(beginMs + SETTLE_MS);
  const heard = new Map([...readers].map((reader) => [reader, reader.relays.length]));
  const before = cpuOf(contender);
  await sleep(listenMs);
  const after = cpuOf(contender);
  const relays = [...heard].flatMap(([reader, from]) => reader.relays.slice(from));
  during?.();
  await all;
  agent.destroy();
  return { relays, spent: { app: after.app - before.app, data: after.data - before.data }, samples };
}
