import { bareProxy, direct, inkwell, nextTrpc, pagesFloor } from "../contenders/index.mjs";
import { ask, keepAlive } from "../lib/ask.mjs";
import { atLeast, atMost, ratio } from "../lib/scenario.mjs";
import { quantile, sum } from "../lib/statistics.mjs";
import { askForAWhile, interleave, warmUp } from "../lib/windows.mjs";

const NOOP = "no-op, 16 connections";
const PRIME_MS = 500;

const P50 = "p50 ms";
const PER_SECOND = "req/s";
const hitCase = (connections) => `cached, ${connections} connections`;

/** The same question again and again: session, limits, cache and persistence, but neither provider nor charge. */
export default {
  name: "cache-hit",
  about: "a cached answer until all of its text is there, and the least that can be asked",
  async run(rig) {
    const cachers = await rig.contenders([pagesFloor, inkwell]);
    const idlers = await rig.contenders([direct, bareProxy, pagesFloor, nextTrpc, inkwell]);
    for (const contender of cachers) {
      await ask(contender.cached(0), keepAlive(1));
      // The answer is kept just after its end was told.
      await new Promise((resolve) => setTimeout(resolve, PRIME_MS));
    }
    for (const { noop, cached } of idlers) {
      await warmUp(noop);
      if (cached) await warmUp(cached);
    }
    const rows = [];
    const before = await rig.upstreamCalls();
    for (const connections of rig.options.connections) {
      rows.push(...(await measure(rig, cachers, hitCase(connections), connections, ({ cached }) => cached)));
    }
    const after = await rig.upstreamCalls();
    rows.push(...(await measure(rig, idlers, NOOP, 16, ({ noop }) => noop)));
    const calls = after.gemini + after.openai - before.gemini - before.openai;
    return { rows, verdicts: verdicts(rows, calls), faults: faults(rows, calls) };
  },
};

async function measure(rig, contenders, name, connections, callOf) {
  const { windows, windowMs, ignoreNiced } = rig.options;
  const measured = await interleave({
    contenders,
    windows,
    ignoreNiced,
    measure: (contender) => askForAWhile({ connections, windowMs, next: callOf(contender) }),
  });
  return [...measured].map(([contender, of]) => rowOf(name, contender, of));
}

function rowOf(name, contender, { kept, thrown, noisy }) {
  const samples = kept.flatMap((window) => window.samples);
  const good = samples.filter(({ status, failure }) => status === 200 && !failure);
  const text = good.map(({ sent, endedAt, reader }) => ((reader.lastArrived || endedAt) - sent) / 1_000);
  const ended = good.map(({ sent, endedAt }) => (endedAt - sent) / 1_000);
  const cpu = (part) => sum(kept.map((window) => window.cpu[part])) / samples.length / 1_000;
  return {
    case: name,
    contender,
    [P50]: quantile(text, 0.5),
    "p99 ms": quantile(text, 0.99),
    "to its end p50": quantile(ended, 0.5),
    [PER_SECOND]: good.length / sum(kept.map(({ seconds }) => seconds)),
    "CPU ms/req": cpu("app"),
    "and data": cpu("data"),
    answers: samples.length,
    broken: samples.length - good.length,
    thrown,
    noise: noisy ? "noisy" : "",
  };
}

function verdicts(rows, calls) {
  const hit = ratio(rows, (row) => row.case === hitCase(1), P50, ["inkwell", "pages-floor"]);
  const perSecond = (contender, name) =>
    rows.find((row) => row.contender === contender && row.case === name)?.[PER_SECOND] ?? Number.NaN;
  const throughput = perSecond("inkwell", hitCase(16)) / perSecond("next-trpc", NOOP);
  return [
    atMost("2", "cache hit over the pages floor's", hit, 3),
    atLeast("2", "cache hits a second at 16 over Next route + tRPC no-op", throughput, 0.6),
    atMost("2", "calls to the upstream on cache hits", calls, 0, "calls"),
  ];
}

function faults(rows, calls) {
  const broken = rows.filter((row) => row.contender === "inkwell" && row.broken > 0);
  return [
    ...(calls > 0 ? [`the upstream was asked ${calls} times for cached answers`] : []),
    ...broken.map((row) => `${row.broken} of ${row.answers} requests failed (${row.case})`),
  ];
}
