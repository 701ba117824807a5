"use client";

import TextareaAutosize from "react-textarea-autosize";
import { SettingsSection } from "@/components/settings-section";
import { Field } from "@/components/ui/field";
import type { SettingsForm } from "../../hooks/use-settings-form";
import { SwitchRow } from "./switch-row";

/** Who may come in, and what everybody is told. */
export function AccessSettings({ form: { values, change, complaintOf } }: { form: SettingsForm }) {
  const { maintenance } = values;
  return (
    <SettingsSection
      id="access"
      title="Registration and banner"
      lead="Who may open an account, and what every page says."
    >
      <div className="grid gap-5">
        <SwitchRow
          label="Registration"
          hint="Strangers may open an account. Closed, the sign-up page says so."
          on={values.registrationOpen}
          onChange={(registrationOpen) => change({ ...values, registrationOpen })}
        />
        <SwitchRow
          label="Maintenance banner"
          hint="Shown on every page and on the status page, to everybody."
          on={maintenance.on}
          onChange={(on) => change({ ...values, maintenance: { ...maintenance, on } })}
        />
        <Field label="What the banner says" error={complaintOf("maintenance.message")}>
          {(control) => (
            <TextareaAutosize
              {...control}
              minRows={2}
              maxRows={6}
              maxLength={300}
              value={maintenance.message}
              onChange={(event) => change({ ...values, maintenance: { ...maintenance, message: event.target.value } })}
              placeholder="On Sunday from 8 to 9 (UTC) images rest while we move them."
              className="w-full resize-none rounded-md border border-line-strong bg-paper-raised px-3 py-2.5 hover:border-ink-soft aria-invalid:border-2 aria-invalid:border-ink"
            />
          )}
        </Field>
      </div>
    </SettingsSection>
  );
}
