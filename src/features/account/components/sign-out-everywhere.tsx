"use client";

import { signOut } from "next-auth/react";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { Button } from "@/components/ui/button";
import { trpc } from "@/trpc/react";

/** Ends every session, this one too. */
export function SignOutEverywhere() {
  const everywhere = trpc.account.signOutEverywhere.useMutation({
    onSuccess: () => signOut({ callbackUrl: "/sign-in" }),
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
