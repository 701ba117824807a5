import type { Plan, Subscription } from "@/shared/payments";

/** What a subscriber's role brings besides the credits. */
export const benefitsOf = ({ brings }: Plan): string[] => [
  ...(brings.smart ? ["The smart model, for questions that need it"] : []),
  ...(brings.imagesPerRequest > 1 ? [`Up to ${brings.imagesPerRequest} images at a time`] : []),
];

/** Whether it can be cancelled: PayPal charges, or will once it can again. */
export const isRunning = ({ state }: Pick<Subscription, "state">) => state === "ACTIVE" || state === "SUSPENDED";

/** Whether a new one may be begun beside it. */
export const isOver = ({ state }: Pick<Subscription, "state">) => state === "CANCELLED" || state === "EXPIRED";

/** Where a subscription stands, in a subscriber's words. `day` writes a date out. */
export function subscriptionInWords(
  { state, renewsAt, paidUntil }: Pick<Subscription, "state" | "renewsAt" | "paidUntil">,
  now: Date,
  day: (date: Date) => string,
): string {
  const lasts = paidUntil !== undefined && paidUntil > now;
  switch (state) {
    case "APPROVAL_PENDING":
      return "Not begun: PayPal waits for you to agree.";
    case "ACTIVE":
      return renewsAt ? `Active. Next charge on ${day(renewsAt)}.` : "Active.";
    case "SUSPENDED":
      return lasts
        ? `PayPal could not charge you. Mend your way of paying at PayPal; all of it stays until ${day(paidUntil)}.`
        : "PayPal could not charge you. Mend your way of paying at PayPal to go on.";
    case "CANCELLED":
      return lasts ? `Cancelled. Ends on ${day(paidUntil)}; nothing more is charged.` : "Cancelled.";
    case "EXPIRED":
      return "Ended.";
  }
}
