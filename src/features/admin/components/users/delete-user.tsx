"use client";

import { useRouter } from "next/navigation";
import { credits } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { deleteUserInput, type UserDetail } from "@/shared/admin";
import { trpc } from "@/trpc/react";
import { ReasonDialog } from "../reason-dialog";

/** Ends somebody's account, behind their address written out. */
export function DeleteUser({ user }: { user: UserDetail }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const remove = trpc.admin.deleteUser.useMutation({
    onSuccess: () => {
      void utils.admin.users.invalidate();
      router.push("/admin/users");
    },
  });
  const left = user.balance.available > 0 ? ` and ${credits(user.balance.available)}` : "";

  return (
    <ReasonDialog
      trigger={<Button variant="outline">Delete account…</Button>}
      title={`Delete the account of ${user.name}?`}
      consequence={`This cannot be undone: their chats, images${left} are gone for good. A subscription is cancelled at PayPal. The ledger and their payments stay in the books, under an id that names nobody.`}
      schema={deleteUserInput}
      input={({ values: { confirmEmail }, reason }) => ({ userId: user.id, confirmEmail, reason })}
      send={(input) => remove.mutateAsync(input)}
      done={() => `The account of ${user.name} is deleted.`}
      action="Delete for good"
      acting="Deleting…"
    >
      {(errorOf) => (
        <Field label="Their address, written out" error={errorOf("confirmEmail")} hint={user.email}>
          {(control) => (
            <Input
              {...control}
              name="confirmEmail"
              type="email"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
      )}
    </ReasonDialog>
  );
}
