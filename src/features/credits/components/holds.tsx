"use client";

import Link from "next/link";
import { useEffect } from "react";
import type { Balance } from "@/shared/common";
import { trpc } from "@/trpc/react";
import { holdAddress, holdInWords } from "../hold-words";

/** What has credits set aside just now, each leading to where it can be seen at work. Asked again as the balance moves. */
export function Holds({ available, held }: Pick<Balance, "available" | "held">) {
  const holds = trpc.credits.holds.useQuery(undefined, { enabled: held > 0, staleTime: 0 });
  const { refetch } = holds;

  // biome-ignore lint/correctness/useExhaustiveDependencies: every movement of the balance may be one of a hold.
  useEffect(() => {
    if (held > 0) void refetch();
  }, [available, held, refetch]);

  if (held === 0) return <p className="mt-2 text-ink-soft">Nothing is set aside just now.</p>;
  const items = holds.data ?? [];

  return (
    <div className="mt-2 text-ink-soft">
      <p>
        {held.toLocaleString("en")} more set aside{items.length > 0 ? ":" : " for answers and images under way."}
      </p>
      {items.length > 0 && (
        <ul className="mt-1">
          {items.map((hold) => (
            <li key={hold.requestId}>
              <Link
                href={holdAddress(hold)}
                className="target underline decoration-line-strong underline-offset-4 hover:text-ink"
              >
                {holdInWords(hold)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
