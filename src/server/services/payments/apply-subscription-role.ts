import { Subscription, type SubscriptionDoc, User } from "@models";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";

/**
 * Gives a USER the role their subscription pays for, and takes it when nothing is paid for any more. A role somebody
 * else gave is not touched, and an ADMIN stays one. Safe to repeat.
 */
export async function applySubscriptionRole(userId: string, log: Logger): Promise<void> {
  const subscriptions = await Subscription.find({ userId }).lean();
  const now = Date.now();
  const paying = subscriptions.find((subscription) => roleUntil(subscription) > now);
  if (paying) {
    const user = await User.findById(userId, { role: 1 }).lean();
    if (user?.role !== "USER") return;
    // Noted first: after a crash in between, the role is known to be the subscription's.
    await Subscription.updateOne({ _id: paying._id }, { $set: { roleGiven: true } });
    const { modifiedCount } = await User.updateOne({ _id: userId, role: "USER" }, { $set: { role: "SUBSCRIBER" } });
    if (modifiedCount > 0) log.info({ userId, subscription: paying._id }, "subscriber");
    return;
  }
  const given = subscriptions.filter(({ roleGiven }) => roleGiven);
  if (given.length === 0) return;
  await User.updateOne({ _id: userId, role: "SUBSCRIBER" }, { $set: { role: "USER" } });
  await Subscription.updateMany({ userId, roleGiven: true }, { $set: { roleGiven: false } });
  log.info({ userId }, "subscription over");
}

/** A subscription that should have renewed keeps its role a little longer: PayPal bills within the day. */
function roleUntil({ state, paidUntil }: SubscriptionDoc): number {
  if (!paidUntil) return 0;
  return paidUntil.getTime() + (state === "ACTIVE" ? policy.payments.graceMs : 0);
}
