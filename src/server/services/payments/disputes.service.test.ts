import { beforeEach, describe, expect, test } from "vitest";
import { getBalance } from "@/server/services/credits/get-balance";
import { bookProblems, person, sandbox } from "../../../../tests/studio";
import { buy, deliver, messagesAbout, movements, purchaseOf, shuffled, underNewId } from "../../../../tests/till";
import { creditsToTake } from "./take-back";

beforeEach(() => {
  sandbox().reset();
  sandbox().paypal.deliver(false);
});

/** Somebody with 20 bought credits, a dispute about them, and everything PayPal says of it brought to us. */
async function disputed(credits = 0) {
  const actor = await person({ credits });
  const purchase = await buy(actor, "20");
  const captureId = purchase.captureId ?? "";
  const { disputeId } = await sandbox().paypal.dispute({ captureId });
  const tell = async (order: <T>(items: T[]) => T[] = (items) => items) => {
    const about = [...(await messagesAbout(disputeId)), ...(await messagesAbout(captureId, "PAYMENT.CAPTURE.RE"))];
    for (const message of order(about)) expect(await deliver(message)).toBe(200);
  };
  await tell();
  const look = async () => ({
    state: (await purchaseOf(purchase.orderId ?? "")).state,
    balance: await getBalance(actor.user.id),
    problems: await bookProblems(actor.user.id),
  });
  return { actor, purchase, disputeId, captureId, tell, look };
}

describe("a dispute", () => {
  test("freezes the credits of its purchase", async () => {
    const { look, purchase } = await disputed();
    expect(await look()).toEqual({ state: "DISPUTED", balance: { available: 0, held: 0, owed: 0 }, problems: [] });
    expect(await movements(purchase)).toEqual([
      ["GRANT", 20],
      ["REFUND", -20],
    ]);
  });

  test("that is won gives them back, once, in whatever order it is told", async () => {
    const { look, disputeId, tell, purchase } = await disputed(5);
    await sandbox().paypal.resolve({ disputeId, outcome: "seller" });
    await tell(shuffled);
    await tell(shuffled);
    expect(await look()).toEqual({ state: "CREDITED", balance: { available: 25, held: 0, owed: 0 }, problems: [] });
    expect(await movements(purchase)).toEqual([
      ["GRANT", 20],
      ["REFUND", -20],
      ["GRANT", 20],
    ]);
  });

  test("that is lost, and the refund it ends with, take the credits once", async () => {
    const { look, disputeId, tell, purchase } = await disputed(5);
    await sandbox().paypal.resolve({ disputeId, outcome: "buyer" });
    await tell(shuffled);
    await tell(shuffled);
    expect(await look()).toEqual({ state: "REFUNDED", balance: { available: 5, held: 0, owed: 0 }, problems: [] });
    expect(await movements(purchase)).toEqual([
      ["GRANT", 20],
      ["REFUND", -20],
    ]);
  });

  test("reported ten times at once, and under two event ids, freezes once", async () => {
    const { look, disputeId } = await disputed();
    const [message] = await messagesAbout(disputeId);
    if (!message) throw new Error("PayPal sent no message");
    const again = await underNewId(message);
    await Promise.all(Array.from({ length: 10 }, (_, index) => deliver(index % 2 ? message : again)));
    expect(await look()).toMatchObject({ state: "DISPUTED", balance: { available: 0, owed: 0 }, problems: [] });
  });
});

test.each([
  ["nothing came back", 0, [], 0],
  ["half came back", 50, [], 10],
  ["a part of a credit stays with the buyer", 54, [], 10],
  ["all came back", 100, [], 20],
  ["more than all came back", 150, [], 20],
  ["all is disputed", 0, [{ amount: 100, refundedBefore: 0, state: "open" }], 20],
  ["the dispute was won", 0, [{ amount: 100, refundedBefore: 0, state: "won" }], 0],
  ["the dispute was lost and its refund came", 100, [{ amount: 100, refundedBefore: 0, state: "lost" }], 20],
  ["the rest is disputed after a refund", 25, [{ amount: 75, refundedBefore: 25, state: "open" }], 20],
  ["half is disputed, then refunded", 50, [{ amount: 50, refundedBefore: 0, state: "lost" }], 10],
  ["half was refunded, the other half is disputed", 50, [{ amount: 50, refundedBefore: 50, state: "open" }], 20],
] as const)("of 20 credits for 1.00, when %s", (_, refunded, disputes, taken) => {
  const facts = {
    refunds: refunded > 0 ? [{ id: "R", amount: refunded }] : [],
    disputes: disputes.map((dispute) => ({ id: "D", ...dispute })),
  };
  expect(creditsToTake({ credits: 20, amount: 100 }, facts)).toBe(taken);
});
