"use client";

import { type ReactNode, type SubmitEvent, useEffect, useRef } from "react";
import type { SettingsForm } from "../../hooks/use-settings-form";
import { SaveBar } from "./save-bar";
import { SettingsConflict } from "./settings-conflict";
import { UnsavedDialog } from "./unsaved-dialog";

/** What every form that changes settings has: a bar that says what is about to be saved, and care for what is not. */
export function SettingsFrame({ form, children }: { form: SettingsForm; children: ReactNode }) {
  const element = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (form.refusals > 0) element.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [form.refusals]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (form.isDirty && !form.isSaving && !form.conflict) void form.save();
  };

  return (
    <form ref={element} onSubmit={submit} noValidate aria-label="Settings">
      {children}
      <UnsavedDialog isDirty={form.isDirty && !form.isSaving} />
      {form.conflict && <SettingsConflict form={form} conflict={form.conflict} />}
      {form.isDirty && !form.conflict && <SaveBar form={form} />}
    </form>
  );
}
