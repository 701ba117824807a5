"use client";

import type { ReactNode } from "react";
import type { LedgerEntry } from "@/shared/credits";
import { signed } from "../lib/format";
import { Timestamp } from "../ui/timestamp";
import type { LedgerRow } from "./ledger-rows";

const KINDS: Record<LedgerEntry["type"], string> = {
  HOLD: "Set aside",
  CAPTURE: "Spent",
  RELEASE: "Given back",
  GRANT: "Received",
  REFUND: "Taken back",
  ADJUST: "Adjusted",
};

interface LedgerLinesProps {
  rows: LedgerRow[];
  /** Whose ledger it is, to whoever reads it. */
  debtor: "you" | "they";
  /** What can be done with the id of the request behind a line. */
  request: (id: string) => ReactNode;
}

/** Movements of credits, a line each. */
export function LedgerLines({ rows, debtor, request }: LedgerLinesProps) {
  return (
    <ol className="gap-x-4 border-t sm:grid sm:grid-cols-[7rem_minmax(0,1fr)_auto_auto]">
      {rows.map(({ entry, reason, effect, repaid }) => (
        <li
          key={entry.id}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 border-b py-2.5 sm:col-span-full sm:grid-cols-subgrid"
        >
          <span className="text-ink-soft text-sm">{KINDS[entry.type]}</span>
          <span className="wrap-anywhere col-start-1 min-w-0 sm:col-start-2">
            {reason}
            {repaid > 0 && (
              <span className="text-ink-soft">
                ; {repaid.toLocaleString("en")} repaid what {debtor} owed
              </span>
            )}
            {repaid < 0 && <span className="text-ink-soft">; {(-repaid).toLocaleString("en")} of it is owed</span>}
          </span>
          <span className="col-start-2 row-start-1 whitespace-nowrap text-right font-medium sm:col-start-3">
            {signed(effect)}
          </span>
          <span className="col-span-2 flex items-center justify-between gap-2 text-ink-soft text-sm sm:col-span-1 sm:min-w-28 sm:justify-end">
            <Timestamp at={entry.at} />
            {request(entry.requestId)}
          </span>
        </li>
      ))}
    </ol>
  );
}
