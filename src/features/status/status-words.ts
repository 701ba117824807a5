import type { StatusPage } from "@/shared/operations";

type Part = StatusPage["parts"][number];

export const OVERALL: Record<StatusPage["overall"], { title: string; lead: string }> = {
  up: { title: "Everything works", lead: "Questions are answered, images are made, and nothing is waiting." },
  degraded: {
    title: "Something is not as it should be",
    lead: "The rest works. Whatever cannot be delivered is not charged.",
  },
  down: {
    title: "Inkwell does not work just now",
    lead: "What you had is safe, and whatever cannot be delivered is not charged.",
  },
};

export const PART_NAMES: Record<Part["name"], string> = {
  chat: "Chat",
  images: "Images",
  payments: "Payments",
  storage: "Image storage",
  database: "Accounts and history",
};

export const STATE_WORDS: Record<Part["state"], string> = {
  up: "Works",
  degraded: "Not as it should be",
  down: "Does not work",
  off: "Switched off",
};

/** "99.9 %", "100 %": cut, not rounded, so that only all is all. Without anything asked: a dash. */
export function shareInWords(delivered: number | null): string {
  return delivered === null ? "–" : `${Math.floor(delivered * 1_000) / 10} %`;
}

/** What the bars of a part show, for whoever does not see them. */
export function daysInWords(days: Part["days"]): string {
  const shares = days.flatMap(({ delivered }) => delivered ?? []);
  if (shares.length === 0) return "Nothing was asked in the last 30 days.";
  const worst = Math.min(...shares);
  const whole = shares.filter((share) => share >= 0.99).length;
  return `Delivered on ${shares.length === 1 ? "the one day" : `the ${shares.length} days`} something was asked: 99 % and more on ${whole}, ${shareInWords(worst)} on the worst.`;
}

/** How high a day's bar stands, in percent. Most days are close to 1: the last tenth takes most of the height. */
export function barHeight(delivered: number): number {
  return Math.round(20 + 80 * Math.min(1, Math.max(0, (delivered - 0.9) * 10)));
}
