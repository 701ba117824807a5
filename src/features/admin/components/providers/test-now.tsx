"use client";

import { Check, TriangleAlert } from "lucide-react";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { Button } from "@/components/ui/button";
import { Timestamp } from "@/components/ui/timestamp";
import type { TESTABLE } from "@/shared/operations";
import { trpc } from "@/trpc/react";
import { duration } from "../../model/duration";
import { providerName } from "../../model/provider-words";

interface TestNowProps {
  name: (typeof TESTABLE)[number];
  /** Says its name beside the button. */
  titled?: boolean;
}

/** Makes one small call now, and says how it went and how long it took. */
export function TestNow({ name, titled }: TestNowProps) {
  const utils = trpc.useUtils();
  const test = trpc.admin.testProvider.useMutation({ onSettled: () => utils.admin.providers.invalidate() });
  const { data, isPending, error, submittedAt } = test;
  const title = providerName(name);

  return (
    <div>
      <div className="flex min-h-11 flex-wrap items-center gap-3">
        {titled && <span className="font-medium">{title}</span>}
        <Button
          variant="outline"
          size="sm"
          aria-label={`Test ${title} now`}
          disabled={isPending}
          onClick={() => test.mutate({ name })}
        >
          {isPending ? "Testing…" : "Test now"}
        </Button>
      </div>
      <div role="status">
        {data && (
          <p className="wrap-anywhere mt-1 flex items-start gap-2 text-sm">
            {data.ok ? (
              <Check aria-hidden className="mt-0.5 size-4 shrink-0" />
            ) : (
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            )}
            <span>
              <span className="font-medium">{data.ok ? "Works" : "Does not work"}</span>
              {data.sandbox && " (sandbox)"}: {data.message}{" "}
              <span className="text-ink-soft">
                {duration(data.ms)}, <Timestamp at={new Date(submittedAt)} />
              </span>
            </span>
          </p>
        )}
      </div>
      {error && <FailureNotice failure={toFailure(error)} className="mt-2" />}
    </div>
  );
}
