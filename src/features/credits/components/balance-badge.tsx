"use client";

import Link from "next/link";
import { credits } from "@/components/lib/format";
import { Tooltip } from "@/components/ui/tooltip";
import { InkDrop } from "@/components/wordmark";
import type { Balance } from "@/shared/common";
import { useBalance } from "../hooks/use-balance";

/** The balance in plain words. */
export function balanceInWords({ available, held, owed }: Balance): string {
  const parts = [`${credits(available)} to spend`];
  if (held > 0) parts.push(`${held.toLocaleString("en")} set aside for work under way`);
  if (owed > 0) parts.push(`${owed.toLocaleString("en")} owed`);
  return parts.join(", ");
}

/** What there is to spend, always in sight; ticks when it changes. */
export function BalanceBadge({ initial }: { initial: Balance }) {
  const balance = useBalance(initial);

  return (
    <Tooltip text={balanceInWords(balance)} side="bottom">
      <Link
        href="/dashboard"
        aria-label={`Balance: ${balanceInWords(balance)}`}
        className="flex h-11 items-center gap-1.5 overflow-hidden rounded-md px-2 text-ink hover:bg-paper-sunk"
      >
        <InkDrop className="size-4" />
        <span key={balance.available} className="animate-tick font-medium">
          {balance.available.toLocaleString("en")}
        </span>
        {balance.held > 0 && <span className="text-ink-soft text-sm">({balance.held})</span>}
      </Link>
    </Tooltip>
  );
}
