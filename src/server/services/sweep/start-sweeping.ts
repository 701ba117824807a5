import { logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { countFigures } from "@/server/services/stats/count-figures";
import { sweepOperations } from "./sweep-operations";
import { sweepPayments } from "./sweep-payments";

const JITTER = 0.2;

/** Sweeps now and then for as long as the process lives. Each process does, none leads: the steps can be repeated. */
export function startSweeping(): void {
  const wait = policy.credits.sweepMs * (1 - JITTER + 2 * JITTER * Math.random());
  setTimeout(async () => {
    try {
      await sweepOperations(logger);
      await sweepPayments(logger);
      await countFigures();
    } catch (error) {
      logger.warn({ err: error }, "sweep put off");
    }
    startSweeping();
  }, wait).unref();
}
