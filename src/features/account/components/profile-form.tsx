"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { type Failure, fieldError, toFailure } from "@/components/lib/failure";
import { fieldErrorsOf } from "@/components/lib/field-errors";
import { formValues } from "@/components/lib/form-values";
import { notify } from "@/components/lib/notify";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type Me, updateProfileInput } from "@/shared/account";
import { trpc } from "@/trpc/react";

/** The name one goes by. */
export function ProfileForm({ me }: { me: Me }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const update = trpc.account.updateProfile.useMutation();
  const [failure, setFailure] = useState<Failure>();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (update.isPending) return;
    const input = updateProfileInput.safeParse(formValues(event.currentTarget));
    if (!input.success) {
      return setFailure({ code: "VALIDATION", message: "", fieldErrors: fieldErrorsOf(input.error) });
    }
    setFailure(undefined);
    try {
      await update.mutateAsync(input.data);
      await utils.account.me.invalidate();
      router.refresh();
      notify("Your name is saved.");
    } catch (error) {
      setFailure(toFailure(error));
    }
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label="Name" error={fieldError(failure, "name")}>
        {(control) => <Input {...control} name="name" autoComplete="name" maxLength={80} defaultValue={me.name} />}
      </Field>
      <p className="text-ink-soft text-sm">Signed in as {me.email}.</p>
      {failure && !failure.fieldErrors && <FailureNotice failure={failure} />}
      <div>
        <Button type="submit" variant="outline" disabled={update.isPending}>
          {update.isPending ? "Saving…" : "Save name"}
        </Button>
      </div>
    </form>
  );
}
