"use client";

import { Button } from "@/components/ui/button";
import { setStatusInput, type UserDetail } from "@/shared/admin";
import { trpc } from "@/trpc/react";
import { useUserChanged } from "../../hooks/use-user-changed";
import { ReasonDialog } from "../reason-dialog";

/** Suspends somebody, or takes that back. */
export function ChangeStatus({ user }: { user: UserDetail }) {
  const changed = useUserChanged(user.id);
  const setStatus = trpc.admin.setStatus.useMutation({ onSuccess: changed });
  const { words, next } =
    user.status === "active"
      ? { words: SUSPEND, next: "suspended" as const }
      : { words: RESTORE, next: "active" as const };

  return (
    <ReasonDialog
      trigger={<Button variant="outline">{words.action}…</Button>}
      title={`${words.action} ${user.name}?`}
      consequence={words.consequence}
      schema={setStatusInput}
      input={({ reason }) => ({ userId: user.id, status: next, reason })}
      send={(input) => setStatus.mutateAsync(input)}
      done={() => `${user.name} is ${words.done}.`}
      action={words.action}
      acting={words.acting}
    />
  );
}

const SUSPEND = {
  action: "Suspend",
  acting: "Suspending…",
  done: "suspended",
  consequence:
    "Every request of theirs is refused from now on, and they cannot sign in. Their credits, chats and images stay. PayPal goes on charging a subscription until it is cancelled.",
};
const RESTORE = {
  action: "Restore",
  acting: "Restoring…",
  done: "active again",
  consequence: "They can sign in and go on where they were, with the credits they had.",
};
