import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop, type Shop } from "./test-kit";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const read = async (id: string) => (await shop.call("GET", `/v1/customer/disputes/${id}`)).body;
const refund = (captureId: string, value: string) =>
  shop.call("POST", `/v2/payments/captures/${captureId}/refund`, { amount: { currency_code: "USD", value } });

/** The resource of the latest event of that type. */
async function told(type: string) {
  const event = (await shop.sandbox.paypal.events()).findLast(({ event_type }) => event_type === type);
  return event && JSON.parse(event.body).resource;
}

test("the buyer wins: what is left goes back, and PayPal tells of a reversal", async () => {
  const captureId = await shop.sale("10.00");
  await refund(captureId, "2.50");
  const { disputeId } = await shop.sandbox.paypal.dispute({ captureId });
  expect(await read(disputeId)).toMatchObject({
    dispute_id: disputeId,
    status: "OPEN",
    disputed_transactions: [{ seller_transaction_id: captureId, custom: "op-1" }],
    dispute_amount: { currency_code: "USD", value: "7.50" },
  });
  expect(await told("CUSTOMER.DISPUTE.CREATED")).toEqual(await read(disputeId));
  expect((await refund(captureId, "1.00")).body.details[0].issue).toBe("CAPTURE_DISPUTED_PARTIAL_REFUND_NOT_ALLOWED");

  const { refundId } = await shop.sandbox.paypal.resolve({ disputeId, outcome: "buyer" });
  expect(await told("PAYMENT.CAPTURE.REVERSED")).toMatchObject({
    id: refundId,
    amount: { value: "7.50" },
    links: [{ rel: "self" }, { rel: "up", href: `${shop.sandbox.url}/paypal/v2/payments/captures/${captureId}` }],
  });
  expect(await read(disputeId)).toMatchObject({
    status: "RESOLVED",
    dispute_outcome: { outcome_code: "RESOLVED_BUYER_FAVOUR" },
  });
  expect(await told("CUSTOMER.DISPUTE.RESOLVED")).toEqual(await read(disputeId));
  expect((await shop.call("GET", `/v2/payments/captures/${captureId}`)).body.status).toBe("REFUNDED");
});

test("the seller wins: the money stays", async () => {
  const captureId = await shop.sale();
  const { disputeId } = await shop.sandbox.paypal.dispute({ captureId });
  expect(await shop.sandbox.paypal.resolve({ disputeId, outcome: "seller" })).toEqual({ disputeId });
  expect((await read(disputeId)).dispute_outcome).toEqual({ outcome_code: "RESOLVED_SELLER_FAVOUR" });
  expect((await shop.call("GET", `/v2/payments/captures/${captureId}`)).body.status).toBe("COMPLETED");
  await expect(shop.sandbox.paypal.resolve({ disputeId, outcome: "buyer" })).rejects.toThrow("not OPEN");
});
