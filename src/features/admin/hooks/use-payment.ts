"use client";

import type { AdminPayment } from "@/shared/admin";
import { trpc } from "@/trpc/react";

const LOOK_EVERY_MS = 5_000;

/** One payment, kept current while PayPal is still at a refund of it. */
export function usePayment(initial: AdminPayment) {
  const utils = trpc.useUtils();
  const input = { query: initial.id, limit: 1 };
  const query = trpc.admin.payments.useQuery(input, {
    initialData: { items: [initial] },
    refetchInterval: ({ state }) => (state.data?.items[0]?.refunding ? LOOK_EVERY_MS : false),
  });

  /** Shows what the refund came to, before the next look at it. */
  const onRefund = (after: AdminPayment) => {
    utils.admin.payments.setData(input, { items: [after] });
    void utils.admin.user.invalidate({ userId: after.user.id });
    void utils.admin.userLedger.invalidate({ userId: after.user.id });
    void utils.admin.userPurchases.invalidate({ userId: after.user.id });
  };

  return { payment: query.data.items[0] ?? initial, query, onRefund };
}
