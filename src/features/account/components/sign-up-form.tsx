"use client";

import Link from "next/link";
import { type SubmitEvent, useState } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { type Failure, fieldError, NETWORK_FAILURE } from "@/components/lib/failure";
import { formValues } from "@/components/lib/form-values";
import { credits } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/password-input";
import { PASSWORD_MIN } from "@/shared/account-limits";
import { signInWithPassword } from "../sign-in-with-password";

interface SignUpFormProps {
  callback: string;
  /** Credits a new account begins with. */
  bonus: number;
}

/** What a new account takes is fetched when the form is sent: the rules of the contract, and the way to the server. */
const load = () => import("../open-account");

/** A new account; done, it is signed in. */
export function SignUpForm({ callback, bonus }: SignUpFormProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [refused, setRefused] = useState(false);

  const open = async (values: Record<string, string>): Promise<Failure | undefined> => {
    const loaded = await load().catch(() => undefined);
    if (!loaded) return NETWORK_FAILURE;
    const failed = await loaded.openAccount(values);
    return failed ?? signInWithPassword(values.email ?? "", values.password ?? "", callback);
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const values = formValues(event.currentTarget, "name");
    setRefused(false);
    setBusy(true);
    setFailure(undefined);
    const failed = await open(values);
    if (!failed) return;
    if (failed.code === "CredentialsSignin") setRefused(true);
    else setFailure(failed);
    setBusy(false);
  };

  const general = failure && !(failure.code === "VALIDATION" && failure.fieldErrors);

  return (
    <>
      <h1 className="display text-4xl">Fill your well</h1>
      <p className="mt-3 text-ink-soft">
        You begin with {credits(bonus)}, free. Have an account?{" "}
        <Link href="/sign-in" className="text-ink underline decoration-line-strong underline-offset-4">
          Sign in
        </Link>
      </p>
      <form onSubmit={submit} noValidate className="mt-8 grid gap-5">
        <Field label="Name" optional error={fieldError(failure, "name")}>
          {(control) => <Input {...control} name="name" autoComplete="name" maxLength={80} />}
        </Field>
        <Field label="E-mail" error={fieldError(failure, "email")}>
          {(control) => (
            <Input {...control} name="email" type="email" autoComplete="username" inputMode="email" required />
          )}
        </Field>
        <Field
          label="Password"
          error={fieldError(failure, "password")}
          hint={`At least ${PASSWORD_MIN} characters. A few unrelated words make a good one.`}
        >
          {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" required />}
        </Field>
        {general && <FailureNotice failure={failure} />}
        {refused && (
          <Notice role="alert" title="These details did not open an account">
            If you already have one with this address,{" "}
            <Link href="/sign-in" className="text-ink underline underline-offset-4">
              sign in
            </Link>{" "}
            with its password.
          </Notice>
        )}
        <Button type="submit" disabled={busy}>
          {busy ? "Opening your account…" : "Sign up"}
        </Button>
      </form>
    </>
  );
}
