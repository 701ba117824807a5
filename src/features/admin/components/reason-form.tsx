"use client";

import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { FailureNotice } from "@/components/failure-notice";
import { type Failure, fieldError, toFailure } from "@/components/lib/failure";
import { fieldErrorsOf } from "@/components/lib/field-errors";
import { formValues } from "@/components/lib/form-values";
import { newKey } from "@/components/lib/new-key";
import { notify } from "@/components/lib/notify";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** What was filled in, by the names of the fields, and a key that stays the same until the dialog is closed. */
export interface Filled {
  values: Record<string, string>;
  idempotencyKey: string;
}

export interface ReasonFormProps<I, O> {
  /** What the procedure takes. */
  schema: z.ZodType<I>;
  /** The procedure's input, not yet checked. */
  input: (filled: Filled & { reason: string }) => unknown;
  send: (input: I) => Promise<O>;
  /** Said when it is done. */
  done: (output: O) => string;
  /** On the button: "Suspend", and while it is under way "Suspending…". */
  action: string;
  acting: string;
  /** Who reads the reason. */
  reasonHint?: string;
  /** More fields, each with the complaint about it. */
  children?: (errorOf: (field: string) => string | undefined) => ReactNode;
  onBusy: (busy: boolean) => void;
  onDone: () => void;
  onCancel: () => void;
}

interface Trouble {
  failure: Failure;
  /** It stands beside a field. */
  inPlace: boolean;
}

/** The form in a `ReasonDialog`. It lives as long as the dialog is open: so does its idempotency key. */
export function ReasonForm<I, O>(props: ReasonFormProps<I, O>) {
  const { schema, input, send, done, action, acting, reasonHint, children, onBusy, onDone, onCancel } = props;
  const [idempotencyKey] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (trouble?.inPlace) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [trouble]);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const values = formValues(event.currentTarget);
    const checked = schema.safeParse(input({ values, reason: values.reason ?? "", idempotencyKey }));
    const fail = (failure: Failure) =>
      setTrouble({ failure, inPlace: Object.keys(failure.fieldErrors ?? {}).some((field) => field in values) });
    if (!checked.success) {
      const message = checked.error.issues[0]?.message ?? "";
      return fail({ code: "VALIDATION", message, fieldErrors: fieldErrorsOf(checked.error) });
    }
    const turn = (now: boolean) => {
      setBusy(now);
      onBusy(now);
    };
    setTrouble(undefined);
    turn(true);
    try {
      const output = await send(checked.data);
      turn(false);
      notify(done(output));
      onDone();
    } catch (error) {
      turn(false);
      fail(toFailure(error));
    }
  };

  const errorOf = (field: string) => fieldError(trouble?.failure, field);

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-5">
      {children?.(errorOf)}
      <Field
        label="Reason"
        error={errorOf("reason")}
        hint={reasonHint ?? "It stands in the audit log, with your name."}
      >
        {(control) => <Input {...control} name="reason" maxLength={200} autoComplete="off" />}
      </Field>
      {trouble && !trouble.inPlace && (
        <FailureNotice
          failure={trouble.failure}
          consequence={
            trouble.failure.code === "NETWORK" &&
            "It may have been done all the same; sent again, it is done no second time."
          }
        />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="quiet" onClick={onCancel} disabled={busy}>
          Cancel
        </Button>
        <Button type="submit" disabled={busy}>
          {busy ? acting : action}
        </Button>
      </div>
    </form>
  );
}
