/** An amount of money in the currency's smallest unit: cents, or yen. Never a float. */
export interface Money {
  amount: number;
  /** Three capitals: EUR. */
  currency: string;
}

/** Currencies PayPal takes without decimals, whatever their ISO minor unit: developer.paypal.com, "Currency codes". */
const WITHOUT_DECIMALS = new Set(["HUF", "JPY", "TWD"]);

const digitsOf = (currency: string) => (WITHOUT_DECIMALS.has(currency) ? 0 : 2);

/** "2.00" in euros, "300" in yen: how payment providers write amounts. */
export function toDecimal({ amount, currency }: Money): string {
  const digits = digitsOf(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/** The reverse of `toDecimal`. Undefined for what is not an amount in this currency. */
export function fromDecimal(value: string, currency: string): Money | undefined {
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(value);
  if (!match) return undefined;
  const [, whole = "", fraction = ""] = match;
  const digits = digitsOf(currency);
  if (Number(fraction.slice(digits)) !== 0) return undefined;
  return { amount: Number(whole + fraction.slice(0, digits).padEnd(digits, "0")), currency };
}

/** What so many millionths of a US dollar are in the currency's smallest unit. `rate`: what one dollar is in it. */
export function fromUsdMicros(micros: number, rate: number, currency: string): number {
  return Math.round((micros / 1_000_000) * rate * 10 ** digitsOf(currency));
}

/** "€2.00", as people read it. */
export function formatMoney({ amount, currency }: Money): string {
  const digits = digitsOf(currency);
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits);
}
