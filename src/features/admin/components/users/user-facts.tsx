import { CopyButton } from "@/components/ui/copy-button";
import { Timestamp } from "@/components/ui/timestamp";
import type { UserDetail } from "@/shared/admin";
import { formatMoney } from "@/shared/money";
import { Fact, Facts } from "../facts";

/** The balance, large, and what else is known of a person. */
export function UserFacts({ user: { id, balance, createdAt, lastSeenAt, subscription } }: { user: UserDetail }) {
  const figures = [
    { name: "to spend", amount: balance.available },
    { name: "held", amount: balance.held },
    { name: "owed", amount: balance.owed },
  ];

  return (
    <div className="mt-6 grid grid-cols-1 gap-x-12 gap-y-6 lg:grid-cols-[auto_minmax(0,1fr)]">
      <section aria-label="Credits" className="flex flex-wrap items-end gap-x-8 gap-y-2 lg:flex-col lg:items-start">
        {figures.map(({ name, amount }, index) => (
          <p key={name} className="flex items-baseline gap-2">
            <span key={amount} className={`display animate-tick ${index === 0 ? "text-6xl" : "text-2xl"}`}>
              {amount.toLocaleString("en")}
            </span>
            <span className="text-ink-soft">{name}</span>
          </p>
        ))}
      </section>
      <Facts>
        <Fact name="Id">
          <span className="flex items-center gap-1">
            <span className="font-mono text-sm">{id}</span>
            <CopyButton text={id} what="the user's id" className="-my-1.5" />
          </span>
        </Fact>
        <Fact name="Joined">
          <Timestamp at={createdAt} full />
        </Fact>
        <Fact name="Seen">{lastSeenAt ? <Timestamp at={lastSeenAt} full /> : "Not yet"}</Fact>
        <Fact name="Subscription">{subscription ? <SubscriptionWords subscription={subscription} /> : "None"}</Fact>
      </Facts>
    </div>
  );
}

const STATES = {
  APPROVAL_PENDING: "Not agreed to yet",
  ACTIVE: "Running",
  SUSPENDED: "Stopped by PayPal",
  CANCELLED: "Cancelled",
  EXPIRED: "Ended",
};

function SubscriptionWords({ subscription }: { subscription: NonNullable<UserDetail["subscription"]> }) {
  const { state, credits, price, period, paidUntil } = subscription;
  return (
    <>
      {STATES[state]}: {credits.toLocaleString("en")} credits for {formatMoney(price)} a {period}
      {paidUntil && (
        <>
          , paid until <Timestamp at={paidUntil} />
        </>
      )}
    </>
  );
}
