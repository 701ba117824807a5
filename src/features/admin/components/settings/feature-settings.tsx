"use client";

import { useId } from "react";
import { SettingsSection } from "@/components/settings-section";
import { FEATURES, type FeatureName, type Settings } from "@/shared/settings";
import type { SettingsForm } from "../../hooks/use-settings-form";
import { FEATURE_WORDS } from "../../model/settings-words";
import { NumberInput } from "./number-input";
import { SwitchRow } from "./switch-row";

const HINTS: Record<FeatureName, string> = {
  images: "Making new images. What was made stays to be seen.",
  smart: "The smart model, for roles that may use it.",
  buying: "Packs of credits, the shop and its button.",
  subscriptions: "Beginning a subscription. Those that run go on.",
};

/** What is on, and for how many people. */
export function FeatureSettings({ form: { values, change, complaintOf } }: { form: SettingsForm }) {
  const set = (name: FeatureName, part: Partial<Settings["features"][FeatureName]>) =>
    change({ ...values, features: { ...values.features, [name]: { ...values.features[name], ...part } } });

  return (
    <SettingsSection
      id="features"
      title="Features"
      lead="For everybody, or for a share of the people: the same ones each time, and more of them as the share grows."
    >
      <ul className="grid gap-5">
        {FEATURES.map((name) => {
          const { on, percent } = values.features[name];
          return (
            <li key={name}>
              <SwitchRow
                label={FEATURE_WORDS[name]}
                hint={HINTS[name]}
                on={on}
                onChange={(next) => set(name, { on: next })}
              />
              {on && (
                <PercentInput
                  label={`${FEATURE_WORDS[name]}: percent of the people`}
                  complaint={complaintOf(`features.${name}.percent`)}
                  value={percent}
                  onChange={(next) => set(name, { percent: next })}
                />
              )}
            </li>
          );
        })}
      </ul>
    </SettingsSection>
  );
}

interface PercentInputProps {
  label: string;
  complaint: string | undefined;
  value: number;
  onChange: (value: number) => void;
}

function PercentInput({ label, complaint, value, onChange }: PercentInputProps) {
  const id = useId();
  return (
    <div className="mt-1">
      <div className="flex items-center gap-2">
        for
        <NumberInput
          aria-label={label}
          aria-invalid={complaint ? true : undefined}
          aria-describedby={complaint ? id : undefined}
          inputMode="numeric"
          value={value}
          onChange={onChange}
          className="w-20 text-right"
        />
        % of the people
      </div>
      {complaint && (
        <p id={id} role="alert" className="mt-1 border-ink border-l-2 pl-2 text-sm">
          {complaint}
        </p>
      )}
    </div>
  );
}
