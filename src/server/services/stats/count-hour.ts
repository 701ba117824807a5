import { Image, LedgerEntry, Operation, type OperationDoc, ProviderCall, Purchase, type RollupCounts } from "@models";
import { SIGN_UP_BONUS } from "@/server/services/credits/open-account";
import { refundedAmount } from "@/server/services/payments/take-back";
import type { ErrorCode } from "@/shared/errors";
import type { PurchaseState } from "@/shared/payments";
import { addSales } from "./counts";
import { histogramOf } from "./histogram";
import { HOUR_MS, later } from "./spans";

/** What an operation is refused with before it begins. */
export const REFUSALS: ErrorCode[] = ["INSUFFICIENT_CREDITS", "RATE_LIMITED"];
/** Ends that are no failure of the service: the provider declined the content, or its user gave it up. */
const NO_FAILURE: ErrorCode[] = ["CONTENT_BLOCKED", "CONFLICT"];
/** States in which the money was taken. */
const PAID: PurchaseState[] = ["CREDITED", "PARTIALLY_REFUNDED", "REFUNDED", "DISPUTED"];

/** Counts an hour from the books and from what was made in it, over their indexes on time. */
export async function countHour(at: Date): Promise<RollupCounts> {
  const within = { $gte: at, $lt: later(at, HOUR_MS) };
  const [credits, uses, images, sales, costs] = await Promise.all([
    countCredits(within),
    countUses(within),
    Image.countDocuments({ createdAt: within, published: true }),
    countSales(within),
    countCosts(within),
  ]);
  return { ...credits, ...uses, ...costs, images, sales };
}

interface Within {
  $gte: Date;
  $lt: Date;
}

interface Movements {
  _id: { type: string; welcome: boolean; takes: boolean };
  entries: number;
  available: number;
  held: number;
  owed: number;
}

async function countCredits(at: Within) {
  const groups = await LedgerEntry.aggregate<Movements>([
    { $match: { at } },
    {
      $group: {
        _id: {
          type: "$type",
          welcome: { $eq: ["$ref", SIGN_UP_BONUS] },
          takes: { $lt: [{ $subtract: ["$deltaAvailable", "$deltaOwed"] }, 0] },
        },
        entries: { $sum: 1 },
        available: { $sum: "$deltaAvailable" },
        held: { $sum: "$deltaHeld" },
        owed: { $sum: "$deltaOwed" },
      },
    },
  ]);
  const sum = (measure: (group: Movements) => number, fits: (group: Movements["_id"]) => boolean) =>
    groups.filter(({ _id }) => fits(_id)).reduce((total, group) => total + measure(group), 0);
  /** What was gained, debts that were repaid with it among it; below zero, lost. */
  const gained = ({ available, held, owed }: Movements) => available + held - owed;
  const every = () => true;
  return {
    // The welcome stays in the books when its owner has gone.
    newUsers: sum(
      ({ entries }) => entries,
      ({ welcome }) => welcome,
    ),
    creditsSold: sum(gained, ({ type, welcome }) => type === "GRANT" && !welcome),
    creditsGiven: sum(gained, ({ type, welcome, takes }) => welcome || (type === "ADJUST" && !takes)),
    creditsUsed: 0 - sum(gained, ({ type }) => type === "CAPTURE"),
    creditsTaken: 0 - sum(gained, ({ type, takes }) => type === "REFUND" || (type === "ADJUST" && takes)),
    deltaAvailable: sum(({ available }) => available, every),
    deltaHeld: sum(({ held }) => held, every),
    deltaOwed: sum(({ owed }) => owed, every),
  };
}

type Use = Pick<OperationDoc, "userId" | "kind" | "state" | "outcome" | "firstTokenMs"> & { errorCode?: string };
const USE_FIELDS = { userId: 1, kind: 1, state: 1, outcome: 1, errorCode: 1, firstTokenMs: 1 } as const;

async function countUses(createdAt: Within) {
  const people = new Set<string>();
  const firstTokens: number[] = [];
  const chat = { asked: 0, failed: 0 };
  const image = { asked: 0, failed: 0 };
  let answers = 0;
  let cachedAnswers = 0;
  const uses: AsyncIterable<Use> = Operation.find({ createdAt, errorCode: { $nin: REFUSALS } }, USE_FIELDS)
    .lean()
    .cursor();
  for await (const use of uses) {
    const part = use.kind === "chat" ? chat : image;
    people.add(use.userId);
    part.asked += 1;
    if (hasFailed(use)) part.failed += 1;
    if (use.kind !== "chat" || use.state !== "DONE") continue;
    answers += 1;
    if (use.outcome === "cached") cachedAnswers += 1;
    else if (use.firstTokenMs !== undefined) firstTokens.push(use.firstTokenMs);
  }
  return {
    activeUsers: people.size,
    answers,
    cachedAnswers,
    asked: chat.asked + image.asked,
    failed: chat.failed + image.failed,
    firstTokens: histogramOf(firstTokens),
    chat,
    image,
  };
}

function hasFailed({ state, errorCode }: Use): boolean {
  if (state === "EXPIRED") return true;
  return state === "FAILED" && !NO_FAILURE.some((code) => code === errorCode);
}

async function countSales(paidAt: Within): Promise<RollupCounts["sales"]> {
  const sold = await Purchase.find(
    { paidAt, state: { $in: PAID } },
    { amount: 1, currency: 1, sandbox: 1, refunds: 1 },
  ).lean();
  return addSales(sold.map((purchase) => ({ ...purchase, refunded: refundedAmount(purchase) })));
}

async function countCosts(at: Within) {
  const groups = await ProviderCall.aggregate<{ _id: boolean; micros: number }>([
    { $match: { at } },
    { $group: { _id: "$sandbox", micros: { $sum: "$costMicros" } } },
  ]);
  const micros = (sandbox: boolean) => groups.find(({ _id }) => _id === sandbox)?.micros ?? 0;
  return { costMicros: micros(false), sandboxCostMicros: micros(true) };
}
