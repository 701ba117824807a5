"use client";

import { Button } from "@/components/ui/button";
import { signOutUserInput, type UserDetail } from "@/shared/admin";
import { trpc } from "@/trpc/react";
import { useUserChanged } from "../../hooks/use-user-changed";
import { ReasonDialog } from "../reason-dialog";

export function SignOutUser({ user }: { user: UserDetail }) {
  const changed = useUserChanged(user.id);
  const signOut = trpc.admin.signOutUser.useMutation({ onSuccess: changed });

  return (
    <ReasonDialog
      trigger={<Button variant="outline">Sign out everywhere…</Button>}
      title={`Sign ${user.name} out everywhere?`}
      consequence="Every browser they use is signed out with its next request. With their password they can sign in again."
      schema={signOutUserInput}
      input={({ reason }) => ({ userId: user.id, reason })}
      send={(input) => signOut.mutateAsync(input)}
      done={() => `${user.name} is signed out everywhere.`}
      action="Sign out"
      acting="Signing out…"
    />
  );
}
