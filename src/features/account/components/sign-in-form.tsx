"use client";

import Link from "next/link";
import { type SubmitEvent, useState } from "react";
import type { Failure } from "@/components/lib/failure";
import { formValues } from "@/components/lib/form-values";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { PasswordInput } from "@/components/ui/password-input";
import { signInWithPassword } from "../sign-in-with-password";

/** Signing in with address and password. */
export function SignInForm({ callback }: { callback: string }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const { email = "", password = "" } = formValues(event.currentTarget);
    if (!email.includes("@") || password === "") {
      return setFailure({ code: "VALIDATION", message: "Write your address and your password." });
    }
    setBusy(true);
    setFailure(undefined);
    const failed = await signInWithPassword(email.trim(), password, callback);
    if (!failed) return;
    setFailure(failed);
    setBusy(false);
  };

  return (
    <>
      <h1 className="display text-4xl">Welcome back</h1>
      <p className="mt-3 text-ink-soft">
        New here?{" "}
        <Link
          href={callback === "/chat" ? "/sign-up" : `/sign-up?callbackUrl=${encodeURIComponent(callback)}`}
          className="text-ink underline decoration-line-strong underline-offset-4"
        >
          Sign up
        </Link>
      </p>
      <form onSubmit={submit} noValidate className="mt-8 grid gap-5">
        <Field label="E-mail">
          {(control) => (
            <Input {...control} name="email" type="email" autoComplete="username" inputMode="email" required />
          )}
        </Field>
        <Field label="Password">
          {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required />}
        </Field>
        {failure && <Notice role="alert" title={failure.message} />}
        <Button type="submit" disabled={busy}>
          {busy ? "Signing in…" : "Sign in"}
        </Button>
      </form>
    </>
  );
}
