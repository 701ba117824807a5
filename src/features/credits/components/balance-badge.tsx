"use client";

import Link from "next/link";
import { useBuyCredits } from "@/components/buy-credits";
import { credits } from "@/components/lib/format";
import { useMe } from "@/components/me";
import { Tooltip } from "@/components/ui/tooltip";
import { InkDrop } from "@/components/wordmark";
import type { Me } from "@/shared/account";
import type { Balance } from "@/shared/common";
import { useBalance } from "../hooks/use-balance";
import { isLow } from "../is-low";

/** The balance in plain words. */
export function balanceInWords({ available, held, owed }: Balance): string {
  const parts = [`${credits(available)} to spend`];
  if (held > 0) parts.push(`${held.toLocaleString("en")} set aside for work under way`);
  if (owed > 0) parts.push(`${owed.toLocaleString("en")} owed`);
  return parts.join(", ");
}

/**
 * What there is to spend, always in sight; ticks when it changes. It leads to where the credits went or, when few are
 * left and this server sells them, to where there are more.
 */
export function BalanceBadge({ me: drawn }: { me: Me }) {
  const { prices } = useMe(drawn);
  const balance = useBalance(drawn.balance);
  const { sold } = useBuyCredits();
  const offer = sold === true && isLow(balance, prices);

  return (
    <Tooltip text={balanceInWords(balance)} side="bottom">
      <Link
        href={offer ? "/buy-credits" : "/dashboard"}
        aria-label={`Balance: ${balanceInWords(balance)}${offer ? ". Buy credits" : ""}`}
        className="flex h-11 items-center gap-1.5 overflow-hidden rounded-md px-2 text-ink hover:bg-paper-sunk"
      >
        <InkDrop className="size-4" />
        <span key={balance.available} className="animate-tick font-medium">
          {balance.available.toLocaleString("en")}
        </span>
        {balance.held > 0 && <span className="text-ink-soft text-sm">({balance.held})</span>}
        {offer && (
          <span className="hidden text-action text-sm underline underline-offset-4 min-[360px]:inline">
            Buy<span className="hidden sm:inline"> credits</span>
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
