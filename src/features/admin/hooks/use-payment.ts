"use client";

import { useState } from "react";
import type { AdminPayment } from "@/shared/admin";
import { trpc } from "@/trpc/react";

const LOOK_EVERY_MS = 5_000;

/** One payment, kept current while PayPal is still at a refund of it. */
export function usePayment(initial: AdminPayment) {
  const utils = trpc.useUtils();
  const input = { query: initial.id, limit: 1 };
  /** What had been given back when a refund was asked for that PayPal has not finished. */
  const [before, setBefore] = useState<number>();
  const isAwaited = (payment: AdminPayment | undefined) => before !== undefined && payment?.refunded.amount === before;
  const query = trpc.admin.payments.useQuery(input, {
    initialData: { items: [initial] },
    refetchInterval: ({ state }) => (isAwaited(state.data?.items[0]) ? LOOK_EVERY_MS : false),
  });
  const payment = query.data.items[0] ?? initial;

  /** Shows what the refund came to, before the next look at it. */
  const onRefund = (after: AdminPayment) => {
    setBefore(payment.refunded.amount);
    utils.admin.payments.setData(input, { items: [after] });
    void utils.admin.user.invalidate({ userId: after.user.id });
    void utils.admin.userLedger.invalidate({ userId: after.user.id });
  };

  return { payment, query, awaiting: isAwaited(payment), onRefund };
}
