"use client";

import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { Button } from "@/components/ui/button";
import { trpc } from "@/trpc/react";
import { signOutTo } from "../sign-out-to";

/** Ends every session, this one too. */
export function SignOutEverywhere() {
  const everywhere = trpc.account.signOutEverywhere.useMutation({
    onSuccess: () => signOutTo("/sign-in"),
  });

  return (
    <div className="grid gap-4">
      {everywhere.isError && <FailureNotice failure={toFailure(everywhere.error)} />}
      <div>
        <Button variant="outline" disabled={everywhere.isPending} onClick={() => everywhere.mutate()}>
          Sign out everywhere
        </Button>
      </div>
    </div>
  );
}
