import type { RollupCounts } from "@models";
import { merged } from "./histogram";

/** What is counted of a span in which nothing happened. */
export const NOTHING: RollupCounts = {
  newUsers: 0,
  activeUsers: 0,
  answers: 0,
  cachedAnswers: 0,
  images: 0,
  asked: 0,
  failed: 0,
  creditsSold: 0,
  creditsGiven: 0,
  creditsUsed: 0,
  creditsTaken: 0,
  deltaAvailable: 0,
  deltaHeld: 0,
  deltaOwed: 0,
  sales: [],
  costMicros: 0,
  sandboxCostMicros: 0,
  firstTokens: [],
  chat: { asked: 0, failed: 0 },
  image: { asked: 0, failed: 0 },
};

const SUMS = [
  ...(["newUsers", "answers", "cachedAnswers", "images", "asked", "failed"] as const),
  ...(["creditsSold", "creditsGiven", "creditsUsed", "creditsTaken"] as const),
  ...(["deltaAvailable", "deltaHeld", "deltaOwed", "costMicros", "sandboxCostMicros"] as const),
];

/** Spans put together. People cannot be added up: `activeUsers` is what one span had, on average. */
export function addUp(spans: RollupCounts[]): RollupCounts {
  const total = { ...NOTHING, chat: { ...NOTHING.chat }, image: { ...NOTHING.image } };
  for (const span of spans) {
    for (const name of SUMS) total[name] += span[name];
    total.activeUsers += span.activeUsers / spans.length;
    for (const part of ["chat", "image"] as const) {
      total[part].asked += span[part].asked;
      total[part].failed += span[part].failed;
    }
  }
  total.activeUsers = Math.round(total.activeUsers);
  total.sales = addSales(spans.flatMap(({ sales }) => sales));
  total.firstTokens = merged(spans.map(({ firstTokens }) => firstTokens));
  return total;
}

/** Sales by currency, play money apart. */
export function addSales(sales: RollupCounts["sales"]): RollupCounts["sales"] {
  const sums = new Map<string, RollupCounts["sales"][number]>();
  for (const { currency, sandbox, amount, refunded } of sales) {
    const key = `${currency}:${sandbox}`;
    const sum = sums.get(key) ?? { currency, sandbox, amount: 0, refunded: 0 };
    sums.set(key, { ...sum, amount: sum.amount + amount, refunded: sum.refunded + refunded });
  }
  return [...sums.values()];
}
