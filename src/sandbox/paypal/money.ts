import { z } from "zod";
import { malformed, unprocessable } from "./problem";

/** The currencies PayPal takes, by the digits it allows after the point. */
const CURRENCIES = {
  2: "AUD BRL CAD CNY CZK DKK EUR HKD ILS MYR MXN NZD NOK PHP PLN GBP SGD SEK CHF THB USD".split(" "),
  0: "HUF JPY TWD".split(" "),
};

/** An amount in the currency's smallest unit. */
export const money = z.object({ currency: z.string(), minor: z.int() });
export type Money = z.infer<typeof money>;

export const wireAmount = z.object({ currency_code: z.string(), value: z.string() });

/** Undefined for a currency PayPal does not know. */
export function decimalsOf(currency: string): 0 | 2 | undefined {
  if (CURRENCIES[2].includes(currency)) return 2;
  return CURRENCIES[0].includes(currency) ? 0 : undefined;
}

/** The amount, or a problem in PayPal's words; `field` is where it stood. */
export function parseAmount({ currency_code, value }: z.infer<typeof wireAmount>, field: string): Money {
  const decimals = decimalsOf(currency_code);
  if (decimals === undefined) {
    throw unprocessable("INVALID_CURRENCY_CODE", "Currency code is invalid.", `${field}/currency_code`);
  }
  const [, whole, fraction = ""] = /^(\d{1,7})(?:\.(\d+))?$/.exec(value) ?? [];
  if (whole === undefined) {
    throw malformed(
      `${field}/value`,
      "INVALID_PARAMETER_SYNTAX",
      "The value of a field does not conform to the format.",
    );
  }
  if (fraction.length > decimals) {
    const [issue, description] =
      decimals === 0
        ? ["DECIMALS_NOT_SUPPORTED", "Currency does not support decimals."]
        : ["DECIMAL_PRECISION", "The value of the field should not be more than two decimal places."];
    throw unprocessable(issue ?? "", description ?? "", `${field}/value`);
  }
  const minor = Number(whole + fraction.padEnd(decimals, "0"));
  if (minor > 0) return { currency: currency_code, minor };
  throw unprocessable("CANNOT_BE_ZERO_OR_NEGATIVE", "Must be greater than zero.", `${field}/value`);
}

/** "8.00", or "800" in a currency without decimals. */
export function formatMinor(minor: number, currency: string): string {
  const decimals = decimalsOf(currency) ?? 2;
  return (minor / 10 ** decimals).toFixed(decimals);
}

/** As Orders, Payments and Subscriptions write an amount. */
export function toAmount({ currency, minor }: Money): z.infer<typeof wireAmount> {
  return { currency_code: currency, value: formatMinor(minor, currency) };
}

/** About what PayPal keeps: 2.99 % and 49 of the smallest unit, never more than there is. */
export function feeOf(minor: number): number {
  return Math.min(minor, Math.round(minor * 0.0299) + 49);
}
