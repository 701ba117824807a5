"use client";

import { fullTime, shortTime } from "../lib/format";
import { useNow } from "../lib/use-now";

/** When something happened: short, and in full on hover. Empty until the reader's own clock is known. */
export function Timestamp({ at, full, className }: { at: Date; full?: boolean; className?: string }) {
  const now = useNow();
  return (
    <time dateTime={at.toISOString()} title={now && fullTime(at)} className={className}>
      {now && (full ? fullTime(at) : shortTime(at, now))}
    </time>
  );
}
