"use client";

import { Printer } from "lucide-react";
import type { ReactNode } from "react";
import { fullTime } from "@/components/lib/format";
import { isUnderWay, purchaseInWords, whatWasBought } from "@/components/lib/purchase-words";
import { useNow } from "@/components/lib/use-now";
import { Button } from "@/components/ui/button";
import { RequestId } from "@/components/ui/request-id";
import { Wordmark } from "@/components/wordmark";
import { formatMoney } from "@/shared/money";
import type { Receipt as Contents } from "@/shared/payments";
import { trpc } from "@/trpc/react";
import "./receipt.css";

const LOOK_EVERY_MS = 10_000;

/** A receipt: on the screen as it will be on paper. As long as PayPal is still checking, it is kept current. */
export function Receipt({ initial }: { initial: Contents }) {
  const { data: receipt } = trpc.payments.purchase.useQuery(
    { purchaseId: initial.id },
    {
      initialData: initial,
      refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LOOK_EVERY_MS : false),
    },
  );
  const zoned = useNow() !== undefined;
  const day = (date: Date) => (zoned ? fullTime(date) : "");
  const { seller, sellerDetails, buyer, price, refunded, paidAt, orderId, captureId, sandbox } = receipt;

  return (
    <article data-receipt className="mx-auto w-full max-w-3xl px-4 pt-8 pb-20 sm:px-8 sm:pt-12">
      <div className="mb-8 hidden print:block">
        <Wordmark />
      </div>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1 className="display text-4xl">Receipt</h1>
        <Button variant="outline" className="print:hidden" onClick={() => window.print()}>
          <Printer aria-hidden /> Print receipt
        </Button>
      </div>
      {sandbox && (
        <p className="mt-4 border-ink border-l-2 pl-4">
          <span className="font-medium">Sandbox:</span> no real money moved. This is not a receipt for a payment.
        </p>
      )}
      <div className="mt-8 grid grid-cols-1 gap-8 sm:grid-cols-2">
        <Party title="Sold by" lines={[seller, ...(sellerDetails?.split("\n") ?? [])]} />
        <Party title="Sold to" lines={[buyer.name, buyer.email]} />
      </div>
      <table className="mt-8 w-full">
        <thead className="text-left text-ink-soft text-sm">
          <tr className="border-b">
            <th scope="col" className="pb-2 font-normal">
              What
            </th>
            <th scope="col" className="pb-2 text-right font-normal">
              Price
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="border-b">
            <td className="py-3">{whatWasBought(receipt)}</td>
            <td className="py-3 text-right">{formatMoney(price)}</td>
          </tr>
          {refunded.amount > 0 && (
            <tr className="border-b">
              <td className="py-3">Refunded</td>
              <td className="py-3 text-right">−{formatMoney(refunded)}</td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="py-3 text-left font-medium">
              {paidAt ? "Paid through PayPal" : "Not paid yet"}
            </th>
            <td className="display py-3 text-right text-2xl">
              {formatMoney({ ...price, amount: paidAt ? price.amount - refunded.amount : 0 })}
            </td>
          </tr>
        </tfoot>
      </table>
      <dl className="mt-8 grid gap-x-8 gap-y-3 text-sm sm:grid-cols-[max-content_1fr]">
        <Line name="Where it stands">{purchaseInWords(receipt)}</Line>
        <Line name="Ordered">{day(receipt.createdAt)}</Line>
        {paidAt && <Line name="Paid">{day(paidAt)}</Line>}
        <Line name="Purchase">
          <span className="font-mono">{receipt.id}</span>
        </Line>
        {orderId && (
          <Line name="PayPal order">
            <span className="font-mono">{orderId}</span>
          </Line>
        )}
        {captureId && (
          <Line name="PayPal payment">
            <span className="font-mono">{captureId}</span>
          </Line>
        )}
      </dl>
      <RequestId id={receipt.requestId} className="mt-6 print:hidden" />
    </article>
  );
}

function Party({ title, lines }: { title: string; lines: string[] }) {
  return (
    <div>
      <h2 className="text-ink-soft text-sm">{title}</h2>
      {lines.map((line) => (
        <p key={line} className="wrap-anywhere">
          {line}
        </p>
      ))}
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="wrap-anywhere -mt-2 sm:mt-0">{children}</dd>
    </>
  );
}
