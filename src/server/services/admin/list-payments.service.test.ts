import { Purchase, type PurchaseDoc } from "@models";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "@/server/lib/actor";
import { adminPaymentsInput } from "@/shared/admin";
import { PURCHASE_STATES } from "@/shared/payments";
import { plansOf } from "../../../../tests/plans";
import { person } from "../../../../tests/studio";
import { listPayments } from "./list-payments";

const COUNT = 30;
let buyers: Actor[];

const purchaseOf = (number: number): PurchaseDoc => ({
  _id: `purchase_${String(number).padStart(2, "0")}`,
  userId: buyers[number % 2]?.user.id ?? "",
  kind: "pack",
  packId: "10",
  credits: 10,
  amount: 100,
  currency: "USD",
  sandbox: true,
  orderId: `ORDER-${number}`,
  ...(number % 10 > 2 && { captureId: `CAPTURE-${number}` }),
  state: PURCHASE_STATES[number % 10] ?? "CREATED",
  attempts: 0,
  refunds: number % 10 === 7 ? [{ id: `REFUND-${number}`, amount: 30 }] : [],
  disputes: [],
  moves: [],
  version: 0,
  checks: 0,
  requestId: `request-${number}`,
  // Three at the same moment each, so that the id has to tell them apart.
  createdAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(number / 3) * 60_000),
  updatedAt: new Date(),
});

beforeAll(async () => {
  buyers = [await person(), await person()];
  await Purchase.insertMany(Array.from({ length: COUNT }, (_, number) => purchaseOf(number)));
});

const list = (input: object = {}) => listPayments(adminPaymentsInput.parse(input));

async function walk(input: object) {
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 4, ...input, cursor });
    found.push(...page.items.map(({ id }) => Number(id.slice(9))));
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

const newestFirst = (fits: (number: number) => boolean) =>
  Array.from({ length: COUNT }, (_, index) => COUNT - 1 - index).filter(fits);

test("pages through all purchases, or those in one state, each once, newest first", async () => {
  expect(await walk({})).toEqual(newestFirst(() => true));
  expect(await walk({ state: "CREDITED" })).toEqual(newestFirst((number) => number % 10 === 4));
});

test("finds a user's purchases by their id or whole address, also together with a state", async () => {
  const id = buyers[1]?.user.id ?? "";
  expect(await walk({ query: id })).toEqual(newestFirst((number) => number % 2 === 1));
  expect(await walk({ query: `${id}@Example.org` })).toEqual(newestFirst((number) => number % 2 === 1));
  expect(await walk({ query: id, state: "DENIED" })).toEqual(newestFirst((number) => number % 10 === 5));
  expect(await walk({ query: "nobody@example.org" })).toEqual([]);
});

test.each(["purchase_07", "ORDER-7", "CAPTURE-7"])("finds one purchase by %s", async (query) => {
  const { items } = await list({ query });
  expect(items).toMatchObject([
    {
      id: "purchase_07",
      state: "PARTIALLY_REFUNDED",
      price: { amount: 100, currency: "USD" },
      refunded: { amount: 30 },
      refundable: 70,
      orderId: "ORDER-7",
      captureId: "CAPTURE-7",
      user: { id: buyers[1]?.user.id, email: `${buyers[1]?.user.id.toLowerCase()}@example.org` },
    },
  ]);
  expect((await list({ query, state: "CREDITED" })).items).toEqual([]);
});

test("only money that is there and undisputed can be refunded", async () => {
  const { items } = await list({ limit: 50 });
  const refundable = new Set(items.filter((it) => it.refundable > 0).map(({ state }) => state));
  expect([...refundable].toSorted()).toEqual(["CREDITED", "PARTIALLY_REFUNDED"]);
});

test.each([{}, { state: "CREDITED" }, { query: "ORDER-7" }, { query: "CAPTURE-7" }, { query: "nobody@example.org" }])(
  "is found by an index: %o",
  async (input) => {
    const plans = await plansOf(() => list(input));
    expect(plans.map(({ plan }) => plan).join("; ")).not.toMatch(/COLLSCAN|SORT/);
  },
);
