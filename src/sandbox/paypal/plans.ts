import type { Answer, Call, Paypal } from "./call";
import { decimalsOf, type Money, toAmount } from "./money";
import { notFound } from "./problem";
import { toTime } from "./time";

/** When every plan was made: long enough ago. */
const MADE = toTime(Date.UTC(2025, 0, 1));

/** What a month costs, under any plan: eight of the currency, or eight hundred where there are no decimals. */
export function planPrice({ currency }: Paypal): Money {
  return { currency, minor: 800 };
}

/** The one plan there is not. */
const UNKNOWN_PLAN = "P-UNKNOWN";

export function getPlan(paypal: Paypal, _call: Call, id: string): Answer {
  if (id === UNKNOWN_PLAN) throw notFound();
  const price = toAmount(planPrice(paypal));
  return {
    status: 200,
    body: {
      id,
      product_id: "PROD-SANDBOX",
      name: "Inkwell Subscriber",
      description: "Credits every month",
      status: "ACTIVE",
      usage_type: "LICENSED",
      billing_cycles: [
        {
          pricing_scheme: { version: 1, fixed_price: price, create_time: MADE, update_time: MADE },
          frequency: { interval_unit: "MONTH", interval_count: 1 },
          tenure_type: "REGULAR",
          sequence: 1,
          total_cycles: 0,
        },
      ],
      payment_preferences: {
        auto_bill_outstanding: true,
        setup_fee: { ...price, value: decimalsOf(price.currency_code) === 0 ? "0" : "0.00" },
        setup_fee_failure_action: "CANCEL",
        payment_failure_threshold: 3,
      },
      quantity_supported: false,
      create_time: MADE,
      update_time: MADE,
      links: [{ href: `${paypal.base()}/v1/billing/plans/${id}`, rel: "self", method: "GET" }],
    },
  };
}
