import { setTimeout as sleep } from "node:timers/promises";
import type { WireFault } from "../fixtures/faulty-wire";
import type { Random, Weighted } from "./random";
import type { Site, Stage } from "./stage";

/** Something that goes wrong between the machines, or with one of them. */
export interface MachineFault {
  name: string;
  /** How long it lasts, in milliseconds. */
  lastsMs: number;
  strike(stage: Stage): Promise<void> | void;
  /** Resolves when all is well again. */
  heal(stage: Stage): Promise<void> | void;
}

const LEASE_MS = 3_000;
/** Whoever keeps an app running gives up on one that ends five times in a minute. */
const KILL_PAUSE_MS = 20_000;

type Draw = (random: Random) => MachineFault;

const DRAWS: readonly [Weighted<Draw>, ...Weighted<Draw>[]] = [
  { weight: 12, what: wireFault },
  { weight: 2, what: killedApp },
  { weight: 3, what: frozenPastItsLease },
  { weight: 1, what: frozenBriefly },
  { weight: 2, what: killedRedis },
];

/** The next thing to go wrong. */
export const drawMachineFault = (random: Random): MachineFault => random.weighted(DRAWS)(random);

function wireFault(random: Random): MachineFault {
  const site = random.pick(["a", "b"] as const);
  const end = random.pick(["database", "database", "redis"] as const);
  const [latencyMs, bytesPerSecond] = [random.int(30, 400), random.int(20_000, 200_000)];
  const [kind, fault] = random.pick<[string, WireFault | "reset"]>([
    ["slow", { latencyMs }],
    ["narrow", { bytesPerSecond }],
    ["reset", "reset"],
    ["dead", { blackHole: true }],
    ["refusing", { refuse: true }],
  ]);
  const wire = (stage: Stage) => stage[site][end];
  return {
    name: `${end} of ${site.toUpperCase()} ${kind}`,
    lastsMs: random.int(1_000, 6_500),
    strike: (stage) => (fault === "reset" ? wire(stage).reset() : wire(stage).behave(fault)),
    heal: (stage) => wire(stage).heal(),
  };
}

/** Its app is killed, and comes back by itself. */
function killedApp(random: Random): MachineFault {
  return {
    name: "B killed",
    lastsMs: random.int(500, 2_000),
    strike: async ({ b }) => {
      await sleep(Math.max(0, (lastKills.get(b) ?? 0) + KILL_PAUSE_MS - Date.now()));
      lastKills.set(b, Date.now());
      if (b.instance.appPid !== b.pid) throw new Error("B had ended by itself before.");
      b.instance.killApp();
    },
    heal: async ({ b }) => {
      await b.instance.untilReady();
      b.pid = b.instance.appPid;
    },
  };
}

const lastKills = new WeakMap<Site, number>();

/** It does not know that others have taken its work for lost. */
function frozenPastItsLease(random: Random): MachineFault {
  return {
    name: "B frozen past its lease",
    lastsMs: LEASE_MS + random.int(1_500, 4_000),
    strike: ({ b }) => b.instance.freeze(),
    heal: ({ b }) => b.instance.thaw(),
  };
}

function frozenBriefly(random: Random): MachineFault {
  return {
    name: "A frozen briefly",
    lastsMs: random.int(200, 1_500),
    strike: ({ a }) => a.instance.freeze(),
    heal: ({ a }) => a.instance.thaw(),
  };
}

function killedRedis(random: Random): MachineFault {
  return {
    name: "Redis killed",
    lastsMs: random.int(500, 5_000),
    strike: ({ redis }) => redis.kill(),
    heal: ({ redis }) => redis.start(),
  };
}
