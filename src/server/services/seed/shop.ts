import type { PurchaseDoc } from "@models";
import { shortHash } from "@/server/lib/ids";
import { creditsToTake } from "@/server/services/payments/take-back";
import { formatMoney } from "@/shared/money";
import { after, MINUTE_MS, type Scene, SECOND_MS } from "./past";
import type { Person } from "./person";

const DAY_MS = 86_400_000;

/** The key a record of PayPal's has. */
export const paypalId = ({ chance }: Scene) => chance.id(17).toUpperCase();

/** PayPal's times have no milliseconds. */
export const onTheSecond = (time: Date) => new Date(Math.floor(time.getTime() / SECOND_MS) * SECOND_MS);

/** A pack bought for money of nobody's. False when nothing came of it. */
export function buyPack(scene: Scene, person: Person, at: Date): boolean {
  const { chance, currency, past } = scene;
  const [smallest, ...larger] = scene.settings.packs;
  if (!smallest) return false;
  const { credits, amount } = chance.pick([smallest, ...larger]);
  const orderId = paypalId(scene);
  const purchase: PurchaseDoc = {
    _id: shortHash(`${person.user._id}:${orderId}`),
    userId: person.user._id,
    kind: "pack",
    packId: String(credits),
    credits,
    amount,
    currency,
    sandbox: true,
    orderId,
    state: "ABANDONED",
    attempts: 0,
    refunds: [],
    disputes: [],
    moves: [],
    version: 0,
    checks: 0,
    requestId: chance.id(16),
    createdAt: at,
    updatedAt: after(at, 3 * 60 * MINUTE_MS),
  };
  past.purchases.push(purchase);
  const order = {
    id: orderId,
    createdAt: at.getTime(),
    referenceId: "default",
    customId: purchase._id,
    description: `${credits} credits`,
    amount: { currency, minor: amount },
    hasSource: true,
  };
  if (chance.happens(0.08) && scene.now.getTime() - at.getTime() > DAY_MS) {
    past.paypal.orders.push(order);
    return false;
  }
  const paidAt = onTheSecond(after(at, chance.whole(20, 90) * SECOND_MS));
  past.paypal.orders.push({ ...order, approval: { at: paidAt.getTime(), outcome: "completed" } });
  pay(scene, person, purchase, { kind: "order", orderId }, paypalId(scene), paidAt);
  if (chance.happens(0.06)) returnLater(scene, person, purchase);
  return true;
}

type Source = Scene["past"]["paypal"]["payments"][number]["source"];

/** PayPal has the money: the credits are there. */
export function pay(
  { past, currency }: Scene,
  person: Person,
  purchase: PurchaseDoc,
  source: Source,
  captureId: string,
  paidAt: Date,
): void {
  const { _id: ref, credits, amount, requestId, userId } = purchase;
  const grantedAt = after(paidAt, 2 * SECOND_MS);
  Object.assign(purchase, { captureId, paidAt, state: "CREDITED", updatedAt: grantedAt });
  past.paypal.payments.push({
    id: captureId,
    createdAt: paidAt.getTime(),
    updatedAt: paidAt.getTime(),
    source,
    // Of a subscription PayPal knows the subscriber, not the purchase.
    customId: source.kind === "order" ? ref : userId,
    amount: { currency, minor: amount },
    status: "COMPLETED",
    refunds: [],
  });
  person.books.change({
    key: captureId,
    type: "GRANT",
    credits,
    reason: `${credits} credits bought for ${formatMoney({ amount, currency })}`,
    ref,
    requestId,
    at: grantedAt,
  });
  person.clock = grantedAt;
}

/** The operator gives back half of it or all, a few days later. */
function returnLater(scene: Scene, person: Person, purchase: PurchaseDoc): void {
  const { chance, past, currency, operator } = scene;
  const amount = chance.happens(0.5) ? purchase.amount : Math.floor(purchase.amount / 2);
  const happen = (wanted: Date) => {
    const at = onTheSecond(wanted);
    const id = paypalId(scene);
    const requestId = chance.id(16);
    const facts = { refunds: [{ id, amount }], disputes: [] };
    const credits = 0 - creditsToTake(purchase, facts);
    const reason = `${formatMoney({ amount, currency })} refunded`;
    Object.assign(purchase, {
      ...facts,
      moves: credits === 0 ? [] : [{ key: id, credits, reason, requestId }],
      version: 1,
      state: amount === purchase.amount ? "REFUNDED" : "PARTIALLY_REFUNDED",
      updatedAt: at,
    });
    if (credits !== 0) {
      person.books.change({ key: id, type: "REFUND", credits, reason, ref: purchase._id, requestId, at });
    }
    const payment = past.paypal.payments.find((it) => it.id === purchase.captureId);
    payment?.refunds.push({ id, createdAt: at.getTime(), minor: amount });
    past.audit.push({
      _id: chance.id(),
      actor: operator,
      action: "payment.refund",
      subject: purchase._id,
      note: "Bought by mistake",
      after: { amount, currency },
      requestId,
      at,
    });
  };
  person.due.push({ at: after(person.clock, chance.between(1, 8) * DAY_MS), happen });
}
