import type { PurchaseDoc, SubscriptionDoc } from "@models";
import { addMonths } from "date-fns";
import { shortHash } from "@/server/lib/ids";
import { after, MINUTE_MS, type Scene } from "./past";
import type { Person } from "./person";
import { onTheSecond, pay, paypalId } from "./shop";

const DAY_MS = 86_400_000;

/** A subscription and its first month; the others follow by themselves. */
export function subscribe(scene: Scene, person: Person, at: Date): void {
  const { chance, plan, currency, settings, past } = scene;
  const subscription: SubscriptionDoc = {
    _id: `I-${chance.id(12).toUpperCase()}`,
    userId: person.user._id,
    planId: plan.id,
    state: "ACTIVE",
    credits: settings.subscriptionCredits,
    amount: plan.amount,
    currency,
    every: { unit: "MONTH", count: 1 },
    roleGiven: true,
    requestId: chance.id(16),
    createdAt: at,
  };
  past.subscriptions.push(subscription);
  const known: Scene["past"]["paypal"]["subscriptions"][number] = {
    id: subscription._id,
    createdAt: at.getTime(),
    updatedAt: at.getTime(),
    planId: plan.id,
    customId: person.user._id,
    amount: { currency, minor: plan.amount },
    agreementToken: `BA-${paypalId(scene)}`,
    token: paypalId(scene),
    status: "ACTIVE",
    failedPayments: 0,
  };
  past.paypal.subscriptions.push(known);
  takeMonth(scene, person, { subscription, known }, after(at, MINUTE_MS));
}

interface Contract {
  subscription: SubscriptionDoc;
  known: Scene["past"]["paypal"]["subscriptions"][number];
}

function takeMonth(scene: Scene, person: Person, contract: Contract, wanted: Date): void {
  const { chance, past, currency } = scene;
  const { subscription, known } = contract;
  const { _id: subscriptionId, userId, credits, amount } = subscription;
  const paidAt = onTheSecond(wanted);
  const saleId = paypalId(scene);
  const purchase: PurchaseDoc = {
    _id: shortHash(`sale:${saleId}`),
    userId,
    kind: "subscription",
    subscriptionId,
    credits,
    amount,
    currency,
    sandbox: true,
    state: "CREDITED",
    attempts: 0,
    refunds: [],
    disputes: [],
    moves: [],
    version: 0,
    checks: 0,
    requestId: subscription.requestId,
    createdAt: paidAt,
    updatedAt: paidAt,
  };
  past.purchases.push(purchase);
  pay(scene, person, purchase, { kind: "subscription", subscriptionId }, saleId, paidAt);
  const renewsAt = addMonths(paidAt, 1);
  person.paidUntil = renewsAt;
  Object.assign(subscription, { paidUntil: renewsAt, renewsAt, checkAt: renewsAt });
  known.nextBillingAt = renewsAt.getTime();
  if (chance.happens(0.2)) {
    const cancel = (at: Date) => end(scene, contract, at);
    person.due.push({ at: after(paidAt, chance.between(2, 26) * DAY_MS), happen: cancel });
  }
  const renew = (at: Date) => {
    if (subscription.state === "ACTIVE") takeMonth(scene, person, contract, at);
  };
  person.due.push({ at: renewsAt, happen: renew });
}

/** Nothing more is charged; what is paid for stays. */
function end({ now }: Scene, { subscription, known }: Contract, at: Date): void {
  subscription.state = "CANCELLED";
  subscription.renewsAt = undefined;
  subscription.checkAt = subscription.paidUntil && subscription.paidUntil > now ? subscription.paidUntil : undefined;
  known.status = "CANCELLED";
  known.updatedAt = at.getTime();
  known.nextBillingAt = undefined;
}
