interface Amount {
  currency: string;
  minor: number;
}

/** What PayPal's stand-in remembers, in its own form: src/sandbox/paypal/state.ts. Times are in ms. */
export interface PaypalRecords {
  orders: {
    id: string;
    createdAt: number;
    referenceId: string;
    customId: string;
    description: string;
    amount: Amount;
    hasSource: boolean;
    approval?: { at: number; outcome: "completed" | "pending" };
  }[];
  payments: {
    id: string;
    createdAt: number;
    updatedAt: number;
    source: { kind: "order"; orderId: string } | { kind: "subscription"; subscriptionId: string };
    customId: string;
    amount: Amount;
    status: "COMPLETED" | "PENDING";
    refunds: { id: string; createdAt: number; minor: number }[];
  }[];
  subscriptions: {
    id: string;
    createdAt: number;
    updatedAt: number;
    planId: string;
    customId: string;
    amount: Amount;
    agreementToken: string;
    token: string;
    status: "ACTIVE" | "CANCELLED";
    nextBillingAt?: number;
    failedPayments: number;
  }[];
}
