import { Message, Operation, Purchase, WebhookEvent } from "@models";
import fc from "fast-check";
import { logger } from "@/server/lib/logger";
import { createMemoryCache } from "@/server/providers/memory-cache";
import { sweepOperations } from "@/server/services/sweep/sweep-operations";
import { sweepPayments } from "@/server/services/sweep/sweep-payments";
import { alwaysProblems } from "./always";
import { readBooks } from "./books";
import { choice, command, fate, mostSteps, someSteps } from "./command";
import { provide } from "./gates";
import { type Story, the } from "./story";

const LONG_AGO = new Date(0);

const someoneIsLive = ({ live }: { live: number }) => live > 0;

/** One worker goes on for a while; the others stand still. */
export const goOn = fc.record({ who: choice, steps: someSteps }).map((fields) =>
  command(
    "goOn",
    fields,
    async (_, scene) => {
      const worker = scene.pick(fields.who);
      if (worker) await scene.advance(worker, fields.steps);
    },
    someoneIsLive,
  ),
);

/** A process dies between two steps. */
export const crash = fc
  .record({ who: choice })
  .map((fields) => command("crash", fields, async (_, scene) => scene.pick(fields.who)?.crash(), someoneIsLive));

/** The timers of one worker fire: its heartbeat, its checkpoint. */
export const beat = fc
  .record({ who: choice })
  .map((fields) => command("beat", fields, async (_, scene) => scene.pick(fields.who)?.beat(), someoneIsLive));

/** A lease runs out, whether its worker is gone or only slow. */
export const expire = fc.record({ use: choice }).map((fields) =>
  command(
    "expire",
    fields,
    ({ uses }) => Operation.updateOne({ _id: the(uses, fields.use).operationId }, { leaseUntil: LONG_AGO }),
    ({ uses }) => uses.length > 0,
  ),
);

/** Enough time passes for every lease to run out and for everything to be looked at again. */
export async function muchLater({ ids, uses, orders }: Story): Promise<void> {
  const open = { checkAt: { $type: "date" } } as const;
  const theirs = { userId: { $in: ids } };
  // What a worker that is gone had locked is free, as after its time; answers that were kept are gone with it.
  provide("shared-cache", createMemoryCache());
  await Promise.all([
    uses.length > 0 && Operation.updateMany({ ...theirs, settled: false }, { leaseUntil: LONG_AGO }),
    uses.length > 0 && Message.updateMany({ ...theirs, status: "streaming" }, { createdAt: LONG_AGO }),
    orders.length > 0 && Purchase.updateMany({ ...theirs, ...open }, { checkAt: LONG_AGO }),
    orders.length > 0 && WebhookEvent.updateMany(open, { checkAt: LONG_AGO }),
  ]);
}

/** One more process sweeps. */
export const sweep = fc
  .record({ after: fc.constantFrom("a while", "a while", "a moment"), steps: mostSteps, fate })
  .map((fields) =>
    command("sweep", fields, async (story, scene) => {
      if (fields.after === "a while") await muchLater(story);
      const round = async () => {
        await sweepOperations(logger);
        if (story.orders.length > 0) await sweepPayments(logger);
      };
      await scene.start("sweeper", round, fields);
    }),
  );

/** The books are read while everyone is in the middle of something. */
export const audit = fc.constant(
  command("audit", {}, async ({ ids }) => {
    const problems = alwaysProblems(await readBooks(ids));
    if (problems.length > 0) throw new Error(`In the middle:\n${problems.join("\n")}`);
  }),
);
