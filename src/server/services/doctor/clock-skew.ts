import type { Finding } from "@/shared/operations";
import { found } from "./findings";

/** Half a lease: with clocks further apart, one process takes another's work for abandoned. */
const SKEW_MS = 30_000;

/** Whether somebody's clock differs from ours, which is known to have been between the two times when it was read. */
export function clockSkew(whose: string, at: Date, [from, to]: [from: Date, to: Date]): Finding[] {
  const ahead = at.getTime() - to.getTime();
  const behind = from.getTime() - at.getTime();
  const skew = Math.max(ahead, behind);
  if (skew <= SKEW_MS) return [];
  return [
    found("clock.skew", {
      subject: `the clock of ${whose}`,
      problem: `It is ${Math.round(skew / 1_000)} s ${ahead > behind ? "ahead of" : "behind"} this machine's: leases end at the wrong time, and signed messages are refused as too old.`,
      fix: "Keep the clocks of all machines by NTP (timedatectl set-ntp true); when several clocks are named here, it is this machine's that is wrong.",
    }),
  ];
}
