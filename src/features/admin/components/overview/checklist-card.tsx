"use client";

import { Check, ChevronDown, Circle } from "lucide-react";
import Link from "next/link";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import type { Checklist } from "@/shared/operations";
import { trpc } from "@/trpc/react";

/** What a new operator does first. Once all of it is done it folds up. */
export function ChecklistCard() {
  const query = trpc.admin.checklist.useQuery();
  if (query.isPending) return <div role="status" aria-label="Looking" className="skeleton h-12" />;
  if (!query.data) {
    return (
      <FailureNotice
        failure={toFailure(query.error)}
        title="The first steps could not be looked up"
        onRetry={() => query.refetch()}
      />
    );
  }
  const steps = query.data;
  const done = steps.filter((step) => step.done).length;

  return (
    // Opened and closed by hand from then on: the key changes only with the last step.
    <details key={String(done === steps.length)} open={done < steps.length} className="group border-y">
      <summary className="flex min-h-12 list-none items-center justify-between gap-4 py-2 [&::-webkit-details-marker]:hidden">
        <h2 className="display text-xl">First steps</h2>
        <span className="flex items-center gap-2 text-ink-soft text-sm">
          {done === steps.length ? "All done" : `${done} of ${steps.length} done`}
          <ChevronDown aria-hidden className="size-4 transition-transform duration-150 group-open:rotate-180" />
        </span>
      </summary>
      <ol className="pb-3">
        {steps.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
    </details>
  );
}

function Step({ step: { title, done, how, href } }: { step: Checklist[number] }) {
  return (
    <li className="flex gap-3 py-2">
      {done ? (
        <Check role="img" aria-label="Done:" className="mt-0.5 size-5 shrink-0 text-ink-soft" />
      ) : (
        <Circle role="img" aria-label="To do:" className="mt-0.5 size-5 shrink-0" />
      )}
      <div className="min-w-0">
        <p className={done ? "text-ink-soft" : "font-medium"}>{title}</p>
        {!done && (
          <p className="wrap-anywhere text-ink-soft">
            {how}{" "}
            {href && (
              <Link
                href={href}
                aria-label={`Go there: ${title}`}
                className="target text-action underline underline-offset-4"
              >
                Go there
              </Link>
            )}
          </p>
        )}
      </div>
    </li>
  );
}
