import { Image, LedgerEntry, Operation, type OperationDoc, ProviderCall, Purchase, type RollupCounts } from "@models";
import { SIGN_UP_BONUS } from "@/server/services/credits/open-account";
import { refundedAmount } from "@/server/services/payments/take-back";
import type { ErrorCode } from "@/shared/errors";
import type { PurchaseState } from "@/shared/payments";
import { addSales, NOTHING } from "./counts";
import { histogramOf } from "./histogram";
import { HOUR_MS, hourOf, later } from "./spans";

/** What an operation is refused with before it begins. */
export const REFUSALS: ErrorCode[] = ["INSUFFICIENT_CREDITS", "RATE_LIMITED"];
/** Ends that are no failure of the service: the provider declined the content, or its user gave it up. */
const NO_FAILURE: ErrorCode[] = ["CONTENT_BLOCKED", "CONFLICT"];
/** States in which the money was taken. */
const PAID: PurchaseState[] = ["CREDITED", "PARTIALLY_REFUNDED", "REFUNDED", "DISPUTED"];

/**
 * Counts so many hours, one after the other, from the books and from what was made in them, over their indexes on time.
 * @returns each hour by its beginning in ms, those without anything too.
 */
export async function countHours(from: Date, hours: number): Promise<Map<number, RollupCounts>> {
  const within = { $gte: from, $lt: later(from, hours * HOUR_MS) };
  const [credits, uses, images, sales, costs] = await Promise.all([
    countCredits(within),
    countUses(within),
    countImages(within),
    countSales(within),
    countCosts(within),
  ]);
  const times = Array.from({ length: hours }, (_, index) => from.getTime() + index * HOUR_MS);
  return new Map(
    times.map((at) => [
      at,
      { ...NOTHING, ...credits(at), ...uses(at), ...costs(at), images: images(at), sales: sales(at) },
    ]),
  );
}

interface Within {
  $gte: Date;
  $lt: Date;
}

/** What a count says of the hour that begins then. */
type ByHour<T> = (at: number) => T;

/** Groups by the hour of a field, and by what else is asked for. */
const hourKey = (field: string) => ({ $dateToString: { date: `$${field}`, format: "%Y-%m-%dT%H" } });
const isHour = (key: string, at: number) => key === new Date(at).toISOString().slice(0, 13);

interface Movements {
  _id: { hour: string; type: string; welcome: boolean; takes: boolean };
  entries: number;
  available: number;
  held: number;
  owed: number;
}

/** What was gained, debts that were repaid with it among it; below zero, lost. */
const gained = ({ available, held, owed }: Movements) => available + held - owed;

async function countCredits(at: Within) {
  const movements = await LedgerEntry.aggregate<Movements>([
    { $match: { at } },
    {
      $group: {
        _id: {
          hour: hourKey("at"),
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
  return (hour: number) => {
    const groups = movements.filter(({ _id }) => isHour(_id.hour, hour));
    const sum = (measure: (group: Movements) => number, fits: (group: Movements["_id"]) => boolean = () => true) =>
      groups.filter(({ _id }) => fits(_id)).reduce((total, group) => total + measure(group), 0);
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
      deltaAvailable: sum(({ available }) => available),
      deltaHeld: sum(({ held }) => held),
      deltaOwed: sum(({ owed }) => owed),
    };
  };
}

type Use = Pick<OperationDoc, "userId" | "kind" | "state" | "outcome" | "errorCode" | "firstTokenMs" | "createdAt">;
const USE_FIELDS = { userId: 1, kind: 1, state: 1, outcome: 1, errorCode: 1, firstTokenMs: 1, createdAt: 1 } as const;

async function countUses(createdAt: Within) {
  const hours = new Map<number, Uses>();
  const uses: AsyncIterable<Use> = Operation.find({ createdAt, errorCode: { $nin: REFUSALS } }, USE_FIELDS)
    .lean()
    .cursor({ batchSize: 1_000 });
  for await (const use of uses) {
    const hour = hourOf(use.createdAt).getTime();
    const counted = hours.get(hour) ?? new Uses();
    counted.add(use);
    hours.set(hour, counted);
  }
  return (at: number) => hours.get(at)?.counts() ?? {};
}

/** The uses of one hour. */
class Uses {
  private readonly people = new Set<string>();
  private readonly firstTokens: number[] = [];
  private readonly chat = { asked: 0, failed: 0 };
  private readonly image = { asked: 0, failed: 0 };
  private answers = 0;
  private cachedAnswers = 0;

  add(use: Use): void {
    const part = use.kind === "chat" ? this.chat : this.image;
    this.people.add(use.userId);
    part.asked += 1;
    if (hasFailed(use)) part.failed += 1;
    if (use.kind !== "chat" || use.state !== "DONE") return;
    this.answers += 1;
    if (use.outcome === "cached") this.cachedAnswers += 1;
    else if (use.firstTokenMs !== undefined) this.firstTokens.push(use.firstTokenMs);
  }

  counts() {
    const { chat, image, answers, cachedAnswers } = this;
    return {
      activeUsers: this.people.size,
      answers,
      cachedAnswers,
      asked: chat.asked + image.asked,
      failed: chat.failed + image.failed,
      firstTokens: histogramOf(this.firstTokens),
      chat,
      image,
    };
  }
}

/** Whether a use should have brought something and did not. */
export function hasFailed({ state, errorCode }: Pick<OperationDoc, "state" | "errorCode">): boolean {
  if (state === "EXPIRED") return true;
  return state === "FAILED" && !NO_FAILURE.some((code) => code === errorCode);
}

async function countImages(createdAt: Within): Promise<ByHour<number>> {
  const groups = await Image.aggregate<{ _id: string; images: number }>([
    { $match: { createdAt, published: true } },
    { $group: { _id: hourKey("createdAt"), images: { $sum: 1 } } },
  ]);
  return (at) => groups.find(({ _id }) => isHour(_id, at))?.images ?? 0;
}

async function countSales(paidAt: Within): Promise<ByHour<RollupCounts["sales"]>> {
  const fields = { amount: 1, currency: 1, sandbox: 1, refunds: 1, paidAt: 1 } as const;
  const sold = await Purchase.find({ paidAt, state: { $in: PAID } }, fields).lean();
  const isIn = (time: Date | undefined, at: number) => time !== undefined && hourOf(time).getTime() === at;
  return (at) =>
    addSales(
      sold
        .filter((purchase) => isIn(purchase.paidAt, at))
        .map((purchase) => ({ ...purchase, refunded: refundedAmount(purchase) })),
    );
}

async function countCosts(at: Within) {
  const groups = await ProviderCall.aggregate<{ _id: { hour: string; sandbox: boolean }; micros: number }>([
    { $match: { at } },
    { $group: { _id: { hour: hourKey("at"), sandbox: "$sandbox" }, micros: { $sum: "$costMicros" } } },
  ]);
  return (hour: number) => {
    const micros = (sandbox: boolean) =>
      groups.find(({ _id }) => isHour(_id.hour, hour) && _id.sandbox === sandbox)?.micros ?? 0;
    return { costMicros: micros(false), sandboxCostMicros: micros(true) };
  };
}
