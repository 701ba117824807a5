import { environment } from "@/env";
import { logger } from "@/server/lib/logger";
import { settleWithin } from "@/server/lib/settle-within";
import { currentVersion, newestSettings } from "@/server/services/settings/current-settings";
import type { DoctorReport, Finding } from "@/shared/operations";
import { addressCheck } from "./check-address";
import { chatCheck, someChatCheck } from "./check-chat";
import { databaseCheck, indexCheck } from "./check-database";
import { diskCheck, embeddedCheck } from "./check-disk";
import { cloudinaryCheck, replicateCheck } from "./check-images";
import { paypalCheck } from "./check-payments";
import { redisCheck } from "./check-redis";
import { sandboxCheck } from "./check-sandbox";
import { settingsCheck } from "./check-settings";
import { versionsCheck } from "./check-versions";
import { booksCheck, purchasesCheck, sweepCheck, webhookEventsCheck } from "./check-work";
import { examineVariables, VARIABLES } from "./examine-variables";
import { found } from "./findings";
import type { Check, Patient, Surroundings } from "./patient";
import { readDatabase } from "./read-database";

const CHECKS: readonly Check[] = [
  databaseCheck,
  indexCheck,
  embeddedCheck,
  redisCheck,
  someChatCheck,
  chatCheck("gemini"),
  chatCheck("openai"),
  replicateCheck,
  cloudinaryCheck,
  paypalCheck,
  sandboxCheck,
  addressCheck,
  diskCheck,
  versionsCheck,
  settingsCheck,
  sweepCheck,
  webhookEventsCheck,
  purchasesCheck,
  booksCheck,
];

/** The longest one check may take; and how long it has then to say what it waited for in vain. */
const CHECK_MS = 12_000;
const GRACE_MS = 500;
const ORDER = ["error", "warn", "info"] as const;

/**
 * Looks at every variable, key, service and limit of this instance, and says what is wrong and how to mend it, the worst
 * first. Never throws: a check that fails or hangs is a finding of its own.
 */
export async function examine(
  surroundings: Surroundings = { environment, running: true },
  { checks = CHECKS, checkMs = CHECK_MS } = {},
): Promise<DoctorReport> {
  const startedAt = performance.now();
  const patient = meet(surroundings);
  const found = await Promise.all(checks.map((check) => lookWithin(check, patient, checkMs)));
  const findings = [...examineVariables(surroundings.environment), ...found.flat()];
  return {
    findings: findings.toSorted((one, other) => ORDER.indexOf(one.level) - ORDER.indexOf(other.level)),
    checks: VARIABLES + checks.length,
    checkedAt: new Date(),
    ms: Math.round(performance.now() - startedAt),
  };
}

/** Asks the database once, for all the checks that want something of it. */
function meet(surroundings: Surroundings): Patient {
  const database = readDatabase();
  const hasDatabase = database.then(
    () => true,
    () => false,
  );
  const settings = hasDatabase.then(async (there) => (there ? await newestSettings() : undefined) ?? currentVersion());
  // Whoever waits for the settings is told; if nobody does, it is nobody's failure.
  settings.catch(() => undefined);
  return { ...surroundings, database, hasDatabase, settings };
}

async function lookWithin({ subject, look }: Check, patient: Patient, ms: number): Promise<Finding[]> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new Error("late")), ms);
  try {
    return await settleWithin(ms + GRACE_MS, look(patient, deadline.signal));
  } catch (error) {
    if (deadline.signal.aborted) {
      return [
        found("check.late", {
          subject,
          problem: `Looking at it took longer than ${ms / 1_000} s, so nothing is known of it.`,
          fix: `Examine again; if it stays so, see why ${subject} is slow to answer this machine.`,
        }),
      ];
    }
    logger.error({ err: error, subject }, "examination failed");
    return [
      found("check.failed", {
        subject,
        problem: "Looking at it failed for a reason of its own, so nothing is known of it.",
        fix: `Examine again; if it stays so, look in the log for "examination failed" with this subject (${subject}).`,
      }),
    ];
  } finally {
    clearTimeout(timer);
  }
}
