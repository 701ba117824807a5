"use client";

import Link from "next/link";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import type { BookProblem, Reconciliation } from "@/shared/credits";
import { trpc } from "@/trpc/react";

/** Proves the books when asked to: every account against its ledger, every purchase against PayPal. */
export function ReconcileCard() {
  const check = trpc.admin.reconcile.useQuery(undefined, { enabled: false, retry: false, gcTime: 0 });

  return (
    <section aria-labelledby="books-title" className="border-y py-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h2 id="books-title" className="display text-xl">
            The books
          </h2>
          <p className="text-ink-soft">
            Every account against its ledger, every charge against what was delivered, every purchase against PayPal.
          </p>
        </div>
        <Button variant="outline" disabled={check.isFetching} onClick={() => check.refetch()}>
          {check.data ? "Check again" : "Check the books"}
        </Button>
      </div>
      <div aria-live="polite">
        {check.isFetching && (
          <p className="mt-3 flex items-center gap-2 text-ink-soft">
            <Spinner /> Reading every entry…
          </p>
        )}
        {!check.isFetching && check.isError && (
          <FailureNotice failure={toFailure(check.error)} onRetry={() => check.refetch()} className="mt-3" />
        )}
        {!check.isFetching && check.isSuccess && <Result result={check.data} />}
      </div>
    </section>
  );
}

function Result({ result }: { result: Reconciliation }) {
  const { problems } = result;
  if (problems.length === 0) {
    return (
      <Notice title="The books are right" className="mt-3">
        {whatWasChecked(result)}
      </Notice>
    );
  }
  const count = problems.length === 1 ? "One thing is" : `${problems.length.toLocaleString("en")} things are`;

  return (
    <Notice title={`${count} not as it should be`} className="mt-3">
      <p>{whatWasChecked(result)}</p>
      <ul className="pane-scroll mt-2 max-h-80">
        {problems.map(({ kind, subject, problem }) => (
          <li key={`${subject} ${problem}`} className="wrap-anywhere border-t py-2">
            <Link
              href={addressOf(kind, subject)}
              className="target font-mono text-ink text-sm underline decoration-line-strong underline-offset-4 hover:decoration-ink"
            >
              {subject}
            </Link>{" "}
            {problem}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const addressOf = (kind: BookProblem["kind"], id: string) =>
  kind === "user" ? `/admin/users/${id}` : `/admin/payments/${id}`;

function whatWasChecked({ accounts, entries, purchases, capturesCompared, ms }: Reconciliation): string {
  const [people, moves, bought, compared] = [accounts, entries, purchases, capturesCompared ?? 0].map((count) =>
    count.toLocaleString("en"),
  );
  const paypal =
    capturesCompared === null ? "PayPal could not be asked" : `${compared} payments compared with PayPal's`;
  return `${people} accounts, ${moves} entries, ${bought} purchases; ${paypal}. It took ${(ms / 1_000).toFixed(1)} s.`;
}
