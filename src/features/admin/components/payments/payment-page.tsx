"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { credits } from "@/components/lib/format";
import { isUnderWay, purchaseInWords, whatWasBought } from "@/components/lib/purchase-words";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { Tag } from "@/components/ui/tag";
import { Timestamp } from "@/components/ui/timestamp";
import type { AdminPayment } from "@/shared/admin";
import { formatMoney } from "@/shared/money";
import { usePayment } from "../../hooks/use-payment";
import { Fact, Facts } from "../facts";
import { RequestLink } from "../request-link";
import { BuyerLink } from "./buyer-link";
import { Refund } from "./refund";

/** One payment: what PayPal and the books say of it, and the way to give the money back. */
export function PaymentPage({ initial }: { initial: AdminPayment }) {
  const { payment, query, onRefund } = usePayment(initial);
  const { price, refunded, creditsTakenBack, refunding, user, problem, orderId, captureId, paidAt } = payment;

  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-6 pb-20 sm:px-8 sm:pt-10">
      <Button asChild variant="quiet" size="sm" className="-ml-3">
        <Link href="/admin/payments">
          <ArrowLeft aria-hidden /> Payments
        </Link>
      </Button>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="display text-4xl">
          {whatWasBought(payment)} for {formatMoney(price)}
        </h1>
        {payment.sandbox && <Tag>Play money</Tag>}
      </div>
      <p className="mt-1 text-ink-soft">{purchaseInWords(payment)}</p>
      {query.isError && (
        <FailureNotice
          failure={toFailure(query.error)}
          consequence="What stands here may be old."
          onRetry={() => query.refetch()}
          className="mt-6"
        />
      )}
      {problem && (
        <Notice title="Its credits were refused" className="mt-6">
          {problem} No credits were granted: give the money back at PayPal, or settle it with the buyer by hand.
        </Notice>
      )}
      {refunding > 0 && (
        <Notice
          role="status"
          title={`${formatMoney({ ...price, amount: refunding })} is on its way back`}
          className="mt-6"
        >
          PayPal has not said yet that it is there. It is asked again until it has, and nothing is left to do.
        </Notice>
      )}
      <div className="mt-6">
        <Facts>
          <Fact name="Buyer">
            <BuyerLink user={user} />
          </Fact>
          <Fact name="Ordered">
            <Timestamp at={payment.createdAt} full />
          </Fact>
          <Fact name="Paid">{paidAt ? <Timestamp at={paidAt} full /> : isUnderWay(payment) ? "Not yet" : "No"}</Fact>
          <Fact name="Given back">
            {refunded.amount === 0 && creditsTakenBack === 0
              ? "Nothing"
              : `${formatMoney(refunded)}; ${credits(creditsTakenBack)} taken`}
          </Fact>
          <Fact name="Purchase">
            <Id what="purchase">{payment.id}</Id>
          </Fact>
          {orderId && (
            <Fact name="PayPal order">
              <Id what="order">{orderId}</Id>
            </Fact>
          )}
          {captureId && (
            <Fact name="PayPal payment">
              <Id what="payment">{captureId}</Id>
            </Fact>
          )}
          <Fact name="Request">
            <RequestLink id={payment.requestId} />
          </Fact>
        </Facts>
      </div>
      {payment.refundable > 0 && refunding === 0 && (
        <div className="mt-6">
          <Refund payment={payment} onRefund={onRefund} onClose={query.refetch} />
        </div>
      )}
    </div>
  );
}

function Id({ what, children }: { what: string; children: string }): ReactNode {
  return (
    <span className="flex items-center gap-1">
      <span className="font-mono text-sm">{children}</span>
      <CopyButton text={children} what={`the id of the ${what}`} className="-my-1.5" />
    </span>
  );
}
