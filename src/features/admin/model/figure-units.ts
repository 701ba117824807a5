import { formatMoney, toDecimal } from "@/shared/money";
import { duration } from "./duration";

/** How a figure is written: in full, and short beside an axis. */
export interface Unit {
  full: (value: number) => string;
  short: (value: number) => string;
  /** There are no parts of it. */
  whole?: true;
}

const write = (options: Intl.NumberFormatOptions) => {
  const format = new Intl.NumberFormat("en", options);
  // A true minus sign, as wide as a digit.
  return (value: number) => format.format(value).replace("-", "−");
};

export const COUNT: Unit = {
  full: write({}),
  short: write({ notation: "compact", maximumFractionDigits: 1 }),
  whole: true,
};

const share = write({ style: "percent", maximumFractionDigits: 1 });
export const SHARE: Unit = { full: share, short: share };

/** Of milliseconds. */
const seconds = write({ maximumFractionDigits: 1 });
export const DURATION: Unit = { full: duration, short: (ms) => `${seconds(ms / 1_000)} s` };

/** Of a currency's smallest unit. */
export function moneyUnit(currency: string): Unit {
  const short = write({
    style: "currency",
    currency,
    notation: "compact",
    minimumFractionDigits: 0,
    maximumFractionDigits: 2,
  });
  return {
    full: (amount) => formatMoney({ amount, currency }).replace("-", "−"),
    short: (amount) => short(Number(toDecimal({ amount, currency }))),
    whole: true,
  };
}

/** Of millionths of a US dollar: what providers charge is often a small part of a cent. */
const dollars = write({ style: "currency", currency: "USD" });
const parts = write({ style: "currency", currency: "USD", maximumFractionDigits: 4 });
const ofMicros = (micros: number) => (micros < 1_000_000 ? parts(micros / 1_000_000) : dollars(micros / 1_000_000));
export const MICROS: Unit = { full: ofMicros, short: ofMicros };
