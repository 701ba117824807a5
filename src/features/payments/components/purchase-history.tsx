"use client";

import Link from "next/link";
import { useBuyCredits } from "@/components/buy-credits";
import { fullTime, shortTime } from "@/components/lib/format";
import { purchaseInWords, whatWasBought } from "@/components/lib/purchase-words";
import { useNow } from "@/components/lib/use-now";
import { usePages } from "@/components/lib/use-pages";
import { LoadMore } from "@/components/load-more";
import { formatMoney } from "@/shared/money";
import { getQueryKey } from "@/trpc/query-key";
import { type RouterOutputs, trpc } from "@/trpc/react";

const INPUT = { limit: 10 };

/** What was bought, newest first, each with what became of it and the way to its receipt. */
export function PurchaseHistory({ initial }: { initial: RouterOutputs["payments"]["history"] }) {
  const now = useNow();
  const utils = trpc.useUtils();
  const { sold } = useBuyCredits();
  const history = usePages({
    queryKey: getQueryKey(trpc.payments.history, INPUT, "infinite"),
    fetch: (cursor, signal) => utils.client.payments.history.query({ ...INPUT, cursor }, { signal }),
    initial,
  });
  const purchases = history.data?.pages.flatMap((page) => page.items) ?? [];

  if (purchases.length === 0) {
    return (
      <p className="border-t py-4 text-ink-soft">
        Nothing bought yet.{" "}
        {sold && (
          <Link href="/buy-credits" className="text-action underline underline-offset-4">
            Buy your first credits
          </Link>
        )}
      </p>
    );
  }

  return (
    <div>
      <ul className="border-t">
        {purchases.map((purchase) => (
          <li key={purchase.id} className="border-b">
            <Link
              href={`/dashboard/purchases/${purchase.id}`}
              className="group grid min-h-12 grid-cols-[1fr_auto] items-baseline gap-x-4 py-2.5 sm:grid-cols-[14rem_1fr_auto_7rem]"
            >
              <span className="group-hover:underline group-hover:underline-offset-4">{whatWasBought(purchase)}</span>
              <span className="col-start-1 text-ink-soft text-sm sm:col-start-2">{purchaseInWords(purchase)}</span>
              <span className="col-start-2 row-start-1 whitespace-nowrap text-right font-medium sm:col-start-3">
                {formatMoney(purchase.price)}
              </span>
              <time
                dateTime={purchase.createdAt.toISOString()}
                title={now && fullTime(purchase.createdAt)}
                className="col-start-2 text-right text-ink-soft text-sm sm:col-start-4"
              >
                {now && shortTime(purchase.createdAt, now)}
              </time>
            </Link>
          </li>
        ))}
      </ul>
      <LoadMore list={history} />
    </div>
  );
}
