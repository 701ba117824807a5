"use client";

import { Plus, Trash2 } from "lucide-react";
import { SettingsSection } from "@/components/settings-section";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { Settings } from "@/shared/settings";
import type { SettingsForm } from "../../hooks/use-settings-form";
import { MoneyInput, NumberInput } from "./number-input";

const MOST = 12;

/** What credits are sold for. */
export function PackSettings({ form: { values, currency, change, complaintOf } }: { form: SettingsForm }) {
  const { packs } = values;
  const setPacks = (next: Settings["packs"]) => change({ ...values, packs: next });
  const setPack = (at: number, part: Partial<Settings["packs"][number]>) =>
    setPacks(packs.map((pack, index) => (index === at ? { ...pack, ...part } : pack)));
  const problem = complaintOf("packs");

  return (
    <SettingsSection
      id="packs"
      title="Packs"
      lead={`Credits, and their price in ${currency}. An order that was begun keeps the price it was begun with.`}
    >
      <ul className="grid gap-4">
        {packs.map((pack, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pack is its place in the list; each line shows what is in it.
          <li key={index} className="grid grid-cols-[1fr_1fr_auto] items-start gap-3">
            <Field label="Credits" error={complaintOf(`packs.${index}.credits`)}>
              {(control) => (
                <NumberInput {...control} value={pack.credits} onChange={(credits) => setPack(index, { credits })} />
              )}
            </Field>
            <Field label={currency} error={complaintOf(`packs.${index}.amount`)}>
              {(control) => (
                <MoneyInput
                  {...control}
                  currency={currency}
                  value={pack.amount}
                  onChange={(amount) => setPack(index, { amount })}
                />
              )}
            </Field>
            <Button
              variant="quiet"
              size="icon"
              className="mt-6.5"
              aria-label={Number.isNaN(pack.credits) ? "Remove the new pack" : `Remove the pack of ${pack.credits}`}
              onClick={() => setPacks(packs.filter((_, at) => at !== index))}
            >
              <Trash2 aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      {problem && (
        <p role="alert" className="mt-3 border-ink border-l-2 pl-2 text-sm">
          {problem}
        </p>
      )}
      <Button
        variant="outline"
        size="sm"
        className="mt-4"
        disabled={packs.length >= MOST}
        onClick={() => setPacks([...packs, { credits: Number.NaN, amount: Number.NaN }])}
      >
        <Plus aria-hidden /> Add a pack
      </Button>
      <div className="mt-8">
        <Field
          label="Credits of a subscription"
          hint="Each payment brings as many. What it costs is set in the plan at PayPal."
          error={complaintOf("subscriptionCredits")}
        >
          {(control) => (
            <NumberInput
              {...control}
              value={values.subscriptionCredits}
              onChange={(subscriptionCredits) => change({ ...values, subscriptionCredits })}
            />
          )}
        </Field>
      </div>
    </SettingsSection>
  );
}
