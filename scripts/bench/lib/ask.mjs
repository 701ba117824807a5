import { Agent, request } from "node:http";
import { now } from "./clock.mjs";
import { TokenReader } from "./token-reader.mjs";

/** Longer than any deadline that is measured. */
const PATIENCE_MS = 60_000;

/** Connections that stay open, one for each who asks at the same time. */
export const keepAlive = (connections) => new Agent({ keepAlive: true, maxSockets: connections, scheduling: "fifo" });

/**
 * One request, read to its end.
 * @param {{ url: string, method?: string, headers?: object, body?: string, lines?: boolean }} call
 * @param {import("node:http").Agent} agent
 * @param {{ signal?: AbortSignal, keepText?: boolean, onReader?: (reader: TokenReader) => void }} [options] `keepText`: the
 *   reply is wanted as a whole too; `onReader` is given what listens, from the start
 * @returns a sample; every time is in microseconds of the machine's clock. A call that breaks is a sample too.
 */
export function ask({ url, method = "POST", headers, body, lines }, agent, { signal, keepText, onReader } = {}) {
  return new Promise((resolve) => {
    const reader = new TokenReader({ lines });
    onReader?.(reader);
    const sent = now();
    const sample = { sent, headersAt: Number.NaN, status: 0, failure: undefined, text: "", reader };
    const finish = (failure) => {
      if (sample.endedAt) return;
      Object.assign(sample, { endedAt: now(), failure: failure ?? sample.failure });
      resolve(sample);
    };
    const outgoing = request(url, { method, headers, agent, signal, timeout: PATIENCE_MS }, (response) => {
      sample.headersAt = now();
      sample.status = response.statusCode ?? 0;
      response.setEncoding("latin1");
      response.on("data", (piece) => {
        reader.feed(piece);
        if (keepText) sample.text += piece;
      });
      response.on("end", () => finish());
      response.on("error", finish);
      response.on("close", () => finish(response.complete ? undefined : new Error("cut off")));
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer")));
    outgoing.on("error", finish);
    outgoing.end(body);
  });
}

/**
 * What a contender added to the first token, in milliseconds: the time until it was here, less the upstream's own.
 * `before`: until the upstream had the request; `after`: from its writing the token.
 */
export function addedToFirst({ sent, reader: { first } }) {
  const before = (first.received - sent) / 1_000;
  const after = (first.arrived - first.written) / 1_000;
  return { added: before + after, before, after };
}

/** True when all of the answer came, once and in order. */
export function isWhole({ status, failure, reader }, tokens) {
  return status === 200 && !failure && reader.names.length === tokens && reader.names.every(isNext);
}

const isNext = (name, index) => Number(name.slice(1)) === index;
