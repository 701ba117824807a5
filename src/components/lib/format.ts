/** "12,000". Put together by hand: the browser's tables of languages take a phone 150 ms to open, before a page comes alive. */
function grouped(amount: number): string {
  return String(amount).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** "1 credit", "3 credits". */
export function credits(amount: number): string {
  return `${grouped(amount)} ${amount === 1 ? "credit" : "credits"}`;
}

/** "+3", "−1": with a true minus sign, so that figures line up. */
export function signed(amount: number): string {
  if (amount === 0) return "0";
  return amount < 0 ? `−${grouped(Math.abs(amount))}` : `+${grouped(amount)}`;
}

const DAY = 86_400_000;

/** The local midnight that began the day of `date`. */
function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** The heading a day stands under in a list: Today, Yesterday, a weekday, a month. */
export function dayLabel(date: Date, now: Date): string {
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY);
  if (days <= 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days < 7) return date.toLocaleDateString("en", { weekday: "long" });
  const sameYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString("en", sameYear ? { month: "long" } : { month: "long", year: "numeric" });
}

/** "14:05" today, "3 Mar" this year, "3 Mar 2025" before. */
export function shortTime(date: Date, now: Date): string {
  if (startOfDay(date) === startOfDay(now)) {
    return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }
  const sameYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** "3 March 2026, 14:05". */
export function fullTime(date: Date): string {
  return date.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}

/** "3 March 2026". */
export function longDay(date: Date): string {
  return date.toLocaleDateString("en-GB", { dateStyle: "long" });
}

/** What is left of a wait: "12 s", "2 min". */
export function waitLabel(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
