import type { ReactNode } from "react";
import { cn } from "../lib/cn";

/** A word that sets one of many apart. `strong` for what wants attention. */
export function Tag({ strong, children }: { strong?: boolean; children: ReactNode }) {
  return (
    <span
      className={cn(
        "inline-block whitespace-nowrap rounded-full border px-2 text-sm",
        strong ? "border-ink font-medium text-ink" : "border-line-strong text-ink-soft",
      )}
    >
      {children}
    </span>
  );
}
