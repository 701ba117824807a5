"use client";

import { SettingsSection } from "@/components/settings-section";
import { Field } from "@/components/ui/field";
import type { SettingsForm } from "../../hooks/use-settings-form";
import { NumberInput } from "./number-input";

/** What things cost, and what a new account begins with. */
export function PriceSettings({ form: { values, change, complaintOf } }: { form: SettingsForm }) {
  const { prices } = values;
  const setPrice = (name: keyof typeof prices) => (value: number) =>
    change({ ...values, prices: { ...prices, [name]: value } });

  return (
    <SettingsSection
      id="prices"
      title="Prices"
      lead="In credits. The next quote shows them; what is running keeps the price it began with, and an answer from the cache stays free."
    >
      <div className="grid gap-5 sm:grid-cols-3">
        <Field label="Fast answer" error={complaintOf("prices.chatFast")}>
          {(control) => <NumberInput {...control} value={prices.chatFast} onChange={setPrice("chatFast")} />}
        </Field>
        <Field label="Smart answer" error={complaintOf("prices.chatSmart")}>
          {(control) => <NumberInput {...control} value={prices.chatSmart} onChange={setPrice("chatSmart")} />}
        </Field>
        <Field label="Image" error={complaintOf("prices.image")}>
          {(control) => <NumberInput {...control} value={prices.image} onChange={setPrice("image")} />}
        </Field>
      </div>
      <div className="mt-5">
        <Field
          label="Sign-up bonus"
          hint="Given to each account that is opened from now on."
          error={complaintOf("signUpBonus")}
        >
          {(control) => (
            <NumberInput
              {...control}
              value={values.signUpBonus}
              onChange={(signUpBonus) => change({ ...values, signUpBonus })}
            />
          )}
        </Field>
      </div>
    </SettingsSection>
  );
}
