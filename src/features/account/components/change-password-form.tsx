"use client";

import { type SubmitEvent, useState } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { type Failure, fieldError, toFailure } from "@/components/lib/failure";
import { fieldErrorsOf } from "@/components/lib/field-errors";
import { formValues } from "@/components/lib/form-values";
import { notify } from "@/components/lib/notify";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { changePasswordInput } from "@/shared/account";
import { PASSWORD_MIN } from "@/shared/account-limits";
import { trpc } from "@/trpc/react";
import { signInWithPassword } from "../sign-in-with-password";

/** A new password. Every session ends with the old one; this browser signs in again with the new. */
export function ChangePasswordForm({ email }: { email: string }) {
  const change = trpc.account.changePassword.useMutation();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const input = changePasswordInput.safeParse(formValues(event.currentTarget));
    if (!input.success) {
      return setFailure({ code: "VALIDATION", message: "", fieldErrors: fieldErrorsOf(input.error) });
    }
    setBusy(true);
    setFailure(undefined);
    try {
      await change.mutateAsync(input.data);
      notify("Your password is changed. Every other browser is signed out.");
      const failed = await signInWithPassword(email, input.data.newPassword, "/settings");
      if (failed) window.location.assign("/sign-in?callbackUrl=/settings");
    } catch (error) {
      setFailure(toFailure(error));
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden disabled />
      <Field label="Password now" error={fieldError(failure, "currentPassword")}>
        {(control) => <PasswordInput {...control} name="currentPassword" autoComplete="current-password" />}
      </Field>
      <Field
        label="New password"
        error={fieldError(failure, "newPassword")}
        hint={`At least ${PASSWORD_MIN} characters.`}
      >
        {(control) => <PasswordInput {...control} name="newPassword" autoComplete="new-password" />}
      </Field>
      {failure && !failure.fieldErrors && <FailureNotice failure={failure} />}
      <div>
        <Button type="submit" variant="outline" disabled={busy}>
          {busy ? "Changing…" : "Change password"}
        </Button>
      </div>
    </form>
  );
}
