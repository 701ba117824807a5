import { LedgerEntry, Operation, Purchase, WebhookEvent } from "@models";
import { policy } from "@/server/lib/policy";
import { accountProblems } from "@/server/services/credits/reconcile";
import type { Finding } from "@/shared/operations";
import { found } from "./findings";
import type { Check } from "./patient";

const DAY_MS = 24 * 3_600_000;
/** The sweep comes by every few seconds; what it has left alone for so long, it does not see to. */
const LEFT_ALONE_MS = 5 * 60_000;
const FAILED_WITHIN_MS = 7 * DAY_MS;
const PROBLEM_WITHIN_MS = 30 * DAY_MS;
/** So many are counted, and so many accounts proved; `npm run reconcile` proves all of them. */
const COUNT_MAX = 1_000;
const RECENT_ENTRIES = 200;
const ACCOUNTS_MAX = 20;

const before = (ms: number) => new Date(Date.now() - ms);

/** Uses of credits whose worker is gone: whether the sweep gives back what they hold. */
export const sweepCheck: Check = {
  subject: "the sweep",
  async look({ hasDatabase, running }) {
    if (!(await hasDatabase)) return [];
    const leaseUntil = { $lt: before(LEFT_ALONE_MS + policy.credits.sweepMs) };
    const left = await Operation.countDocuments({ settled: false, leaseUntil }).limit(COUNT_MAX);
    if (left === 0) return [];
    return [
      found("work.overdue", {
        subject: "the sweep",
        problem: `${left} uses of credits were left by their worker, and nobody finishes them: their credits stay held.`,
        fix: running
          ? 'Look for "operation not swept" or "sweep put off" in the log; restart the app if neither is there.'
          : "Start the app (npm run up): its sweep finishes them or gives the credits back.",
      }),
    ];
  },
};

/** Messages of PayPal's that were kept and could not be acted on. */
export const webhookEventsCheck: Check = {
  subject: "PayPal's messages",
  async look({ hasDatabase, running }) {
    if (!(await hasDatabase)) return [];
    const [failed, waiting] = await Promise.all([
      WebhookEvent.find({ receivedAt: { $gte: before(FAILED_WITHIN_MS) }, state: "FAILED" }, { type: 1 })
        .limit(COUNT_MAX)
        .lean(),
      WebhookEvent.countDocuments({ checkAt: { $lt: before(LEFT_ALONE_MS) } }).limit(COUNT_MAX),
    ]);
    const findings: Finding[] = [];
    if (failed.length > 0) {
      const types = [...new Set(failed.map(({ type }) => type))].join(", ");
      findings.push(
        found("webhook.failed", {
          subject: "PayPal's messages",
          problem: `${failed.length} of the last seven days were given up after many tries (${types}); what they told of is missing.`,
          fix: "Run npm run reconcile, which names what PayPal knows and the books do not, and read the log around these messages' request ids.",
        }),
      );
    }
    if (waiting > 0) {
      findings.push(overdue("webhook.waiting", `${waiting} messages of PayPal's wait to be acted on`, running));
    }
    return findings;
  },
};

/** Purchases that did not turn out as ordered, and those nobody follows. */
export const purchasesCheck: Check = {
  subject: "purchases",
  async look({ hasDatabase, running }) {
    if (!(await hasDatabase)) return [];
    const [refused, waiting] = await Promise.all([
      Purchase.find({
        state: "DENIED",
        createdAt: { $gte: before(PROBLEM_WITHIN_MS) },
        problem: { $exists: true },
        "refunds.id": { $exists: false },
      })
        .limit(COUNT_MAX)
        .lean(),
      Purchase.countDocuments({ checkAt: { $lt: before(LEFT_ALONE_MS) } }).limit(COUNT_MAX),
    ]);
    const findings = refused.map(({ _id, problem }) =>
      found("purchase.problem", {
        subject: `purchase ${_id}`,
        problem: `Money was taken and no credits were given: ${problem}`,
        fix: "Look at the purchase under Payments in the panel (/admin/payments), and refund it, there or at PayPal.",
      }),
    );
    if (waiting > 0) findings.push(overdue("purchase.waiting", `${waiting} purchases wait to be asked after`, running));
    return findings;
  },
};

function overdue(id: "webhook.waiting" | "purchase.waiting", what: string, running: boolean): Finding {
  return found(id, {
    subject: "the sweep",
    problem: `${what}, longer than they should.`,
    fix: running
      ? "Look in the log for what PayPal or the database answers to the sweep."
      : "Start the app (npm run up): its sweep sees to them.",
  });
}

/** Whether the accounts that moved last equal their ledger. */
export const booksCheck: Check = {
  subject: "the books",
  async look({ hasDatabase }) {
    if (!(await hasDatabase)) return [];
    const latest = await LedgerEntry.find({}, { userId: 1 }).sort({ at: -1 }).limit(RECENT_ENTRIES).lean();
    const users = [...new Set(latest.map(({ userId }) => userId))].slice(0, ACCOUNTS_MAX);
    const problems = await Promise.all(users.map(accountProblems));
    return problems.flat().map(({ subject, problem }) =>
      found("books.wrong", {
        subject: `account ${subject}`,
        problem: `The account does not equal its ledger: ${problem}.`,
        fix: "Run npm run reconcile for everything that differs, and correct it with an adjustment once the cause is known.",
      }),
    );
  },
};
