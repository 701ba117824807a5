import { setTimeout as sleep } from "node:timers/promises";
import type { Journal } from "./journal";
import { drawMachineFault } from "./machine-faults";
import { drawProviderFault } from "./provider-faults";
import type { Random } from "./random";
import type { Stage } from "./stage";

interface Schedule {
  stage: Stage;
  journal: Journal;
  random: Random;
  /** No fault begins after it aborts, and the one that lasts is healed at once. */
  signal: AbortSignal;
}

/** Lets one thing after another go wrong, at the providers and between the machines at once. Resolves with all healed. */
export async function strikeFaults({ random, ...schedule }: Schedule): Promise<void> {
  await Promise.all([
    strikeProviders({ ...schedule, random: random.of("providers") }),
    strikeMachines({ ...schedule, random: random.of("machines") }),
  ]);
}

async function strikeProviders({ stage, journal, random, signal }: Schedule): Promise<void> {
  while (!signal.aborted) {
    const { name, faults } = drawProviderFault(random);
    const [lastsMs, pauseMs] = [random.int(2_000, 6_000), random.int(500, 3_500)];
    const over = journal.begin(name);
    for (const { provider, fault } of faults) await stage.sandbox.fail(provider, fault);
    await pause(lastsMs, signal);
    await stage.sandbox.heal();
    over();
    await pause(pauseMs, signal);
  }
}

async function strikeMachines({ stage, journal, random, signal }: Schedule): Promise<void> {
  while (!signal.aborted) {
    const fault = drawMachineFault(random);
    const pauseMs = random.int(1_500, 5_000);
    const over = journal.begin(fault.name);
    try {
      await fault.strike(stage);
      await pause(fault.lastsMs, signal);
      await fault.heal(stage);
    } catch (error) {
      journal.violate(`${fault.name}: ${error}`);
    }
    over();
    await pause(pauseMs, signal);
  }
}

/** Waits, unless the run is over. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
