import { LedgerEntry, Purchase, type PurchaseDoc } from "@models";
import { sleep } from "@/server/lib/clock";
import { paymentProvider, paymentsAvailable } from "@/server/providers/configured";
import { ProviderError } from "@/server/providers/provider-error";
import type { BookProblem } from "@/shared/credits";
import { findProblem } from "./find-problem";
import { grantId, moveId, movementIds } from "./movement-ids";
import { creditsGranted } from "./purchase-view";
import { readPayment } from "./settle-purchase";

const BATCH = 500;
/** Calls to PayPal at a time. */
const AT_ONCE = 8;
/** How often what looks wrong is looked at, and after how long again. */
const LOOKS = 4;
const LOOK_AGAIN_MS = 250;
/** How far back PayPal is asked; what is older is compared with the ledger alone. */
const PAYPAL_DAYS = 90;

/**
 * Whether each purchase was granted once and for what it says, and whether PayPal has the money for what was granted
 * and only for that. `capturesCompared` is null when PayPal could not be asked.
 */
export async function reconcilePurchases(): Promise<{ problems: BookProblem[]; capturesCompared: number | null }> {
  const problems: BookProblem[] = [];
  let compared: number | null = paymentsAvailable() ? 0 : null;
  const since = Date.now() - PAYPAL_DAYS * 86_400_000;
  let batch: PurchaseDoc[] = [];
  const check = async () => {
    problems.push(...(await lookTwice(batch)));
    const recent = batch.filter(({ createdAt }) => createdAt.getTime() >= since);
    while (recent.length > 0 && compared !== null) {
      const results = await Promise.all(recent.splice(0, AT_ONCE).map(compareWithPaypal));
      if (results.includes("away")) compared = null;
      else compared += results.length;
      problems.push(...results.flatMap((result) => (result === "away" ? [] : result)));
    }
    batch = [];
  };
  for await (const purchase of Purchase.find({ captureId: { $exists: true } })
    .lean()
    .cursor({ batchSize: BATCH })) {
    batch.push(purchase);
    if (batch.length >= BATCH) await check();
  }
  await check();
  return { problems, capturesCompared: compared };
}

/** A refund or dispute is written down before it moves credits: what looks wrong may be on its way. */
async function lookTwice(purchases: PurchaseDoc[]): Promise<BookProblem[]> {
  let found = await compareWithLedger(purchases);
  for (let looks = 1; looks < LOOKS && found.length > 0; looks += 1) {
    await sleep(LOOK_AGAIN_MS);
    const ids = found.map(({ subject }) => subject);
    found = await compareWithLedger(await Purchase.find({ _id: { $in: ids } }).lean());
  }
  return found;
}

async function compareWithLedger(purchases: PurchaseDoc[]): Promise<BookProblem[]> {
  const entries = await LedgerEntry.find({ _id: { $in: purchases.flatMap(movementIds) } }).lean();
  const given = new Map(entries.map((entry) => [entry._id, entry.deltaAvailable - entry.deltaOwed]));
  return purchases.flatMap((purchase) => {
    const { _id: subject, captureId, state, moves } = purchase;
    const granted = creditsGranted(purchase);
    const problems: BookProblem[] = [];
    const say = (problem: string) => problems.push({ kind: "purchase", subject, problem: `purchase ${problem}` });
    const grant = given.get(grantId(captureId)) ?? 0;
    // Between the grant and its state the sweep still has work; that is no mistake.
    if (grant !== granted && state !== "CAPTURED") say(`brought ${grant} credits, its state ${state} says ${granted}`);
    for (const move of granted > 0 ? moves : []) {
      const moved = given.get(moveId(move)) ?? 0;
      if (moved !== move.credits) say(`${move.key} moved ${moved} credits, not ${move.credits}`);
    }
    return problems;
  });
}

/** What PayPal says against it; "away" when it cannot be asked. */
async function compareWithPaypal(purchase: PurchaseDoc): Promise<BookProblem[] | "away"> {
  const { _id: subject, captureId = "", credits, sandbox } = purchase;
  const problem = (text: string): BookProblem[] => [
    { kind: "purchase", subject, problem: `capture ${captureId}: ${text}` },
  ];
  if (sandbox !== paymentProvider().sandbox) {
    const given = creditsGranted(purchase);
    return sandbox && given > 0
      ? problem(`${given} credits were bought with play money, and real money is taken now`)
      : [];
  }
  try {
    const payment = await readPayment(purchase, captureId);
    const granted = creditsGranted(purchase);
    if (!payment) return granted > 0 ? problem(`PayPal knows no such payment, ${granted} credits were granted`) : [];
    const paid = payment.status !== "PENDING" && payment.status !== "DECLINED";
    const wrong = findProblem(purchase, payment);
    if (wrong && granted > 0) return problem(`${wrong} ${granted} credits were granted`);
    if (wrong && paid) return problem(`${wrong} Nothing was granted; the money is at PayPal`);
    if (paid && granted === 0 && purchase.state !== "CAPTURED")
      return problem(`paid, but ${credits} credits not granted`);
    if (!paid && granted > 0) return problem(`${payment.status} at PayPal, but ${granted} credits were granted`);
    return [];
  } catch (error) {
    if (error instanceof ProviderError) return "away";
    throw error;
  }
}
