"use client";

import { type SubmitEvent, useState } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { type Failure, fieldError, toFailure } from "@/components/lib/failure";
import { formValues } from "@/components/lib/form-values";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { deleteAccountInput } from "@/shared/account";
import { trpc } from "@/trpc/react";
import { signOutTo } from "../sign-out-to";

/** The end of the account, behind its password. */
export function DeleteAccount() {
  const remove = trpc.account.deleteAccount.useMutation();
  const [failure, setFailure] = useState<Failure>();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (remove.isPending) return;
    const input = deleteAccountInput.safeParse(formValues(event.currentTarget));
    if (!input.success) {
      return setFailure({ code: "VALIDATION", message: "", fieldErrors: { password: ["Write your password."] } });
    }
    setFailure(undefined);
    try {
      await remove.mutateAsync(input.data);
      await signOutTo("/");
    } catch (error) {
      setFailure(toFailure(error));
    }
  };

  return (
    <Dialog onOpenChange={() => setFailure(undefined)}>
      <DialogTrigger asChild>
        <Button variant="outline">Delete account…</Button>
      </DialogTrigger>
      <DialogContent
        title="Delete your account?"
        description="This cannot be undone: your chats, images and remaining credits are gone for good."
      >
        <form onSubmit={submit} noValidate className="grid gap-5">
          <Field label="Your password" error={fieldError(failure, "password")}>
            {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
          </Field>
          {failure && !failure.fieldErrors && <FailureNotice failure={failure} />}
          <div className="flex flex-wrap justify-end gap-2">
            <DialogClose asChild>
              <Button variant="quiet">Keep it</Button>
            </DialogClose>
            <Button type="submit" disabled={remove.isPending}>
              {remove.isPending ? "Deleting…" : "Delete for good"}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
