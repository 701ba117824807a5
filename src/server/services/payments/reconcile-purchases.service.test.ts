import { Purchase } from "@models";
import { beforeEach, expect, test, vi } from "vitest";
import { newKey, person, sandbox } from "../../../../tests/studio";
import { buy, purchaseOf } from "../../../../tests/till";
import { reconcilePurchases } from "./reconcile-purchases";
import { applyMoves, recordRefund } from "./take-back";

/** What happens between two looks of whoever waits. */
const meanwhile = vi.hoisted((): { happens: (() => Promise<void>) | undefined } => ({ happens: undefined }));
vi.mock("@/server/lib/clock", async (importOriginal) => {
  const clock = await importOriginal<typeof import("@/server/lib/clock")>();
  const sleep: typeof clock.sleep = async (ms, signal) => {
    await meanwhile.happens?.();
    await clock.sleep(ms, signal);
  };
  return { ...clock, sleep };
});

beforeEach(async () => {
  await Purchase.deleteMany();
  sandbox().reset();
  sandbox().paypal.deliver(false);
  meanwhile.happens = undefined;
});

/** A refund that PayPal made and that was written down here, but has not moved any credits yet. */
async function refundOnItsWay() {
  const { _id, orderId = "", captureId = "", amount, currency } = await buy(await person(), "10");
  const refundId = newKey();
  await sandbox().paypal.refund({ captureId });
  await recordRefund(_id, { id: refundId, captureId, status: "COMPLETED", money: { amount, currency } }, newKey());
  return { id: _id, refundId, finish: async () => applyMoves(await purchaseOf(orderId)) };
}

test("a refund that is on its way is not called wrong", async () => {
  const { finish } = await refundOnItsWay();
  meanwhile.happens = finish;
  expect((await reconcilePurchases()).problems).toEqual([]);
});

test("one that got stuck is", async () => {
  const { id, refundId } = await refundOnItsWay();
  expect((await reconcilePurchases()).problems).toEqual([
    { kind: "purchase", subject: id, problem: `purchase ${refundId} moved 0 credits, not -10` },
  ]);
});
