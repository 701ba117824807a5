"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { SettingsSection } from "@/components/settings-section";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { Settings } from "@/shared/settings";
import type { SettingsForm } from "../../hooks/use-settings-form";
import { CHAT_PROVIDER_WORDS } from "../../model/settings-words";
import { NumberInput } from "./number-input";
import { SwitchRow } from "./switch-row";

type ChatProviders = Settings["chatProviders"];

/** Who answers, in which order and with which models; and what a dollar of their bills is. */
export function ProviderSettings({ form: { values, currency, change, complaintOf } }: { form: SettingsForm }) {
  const { chatProviders } = values;
  const setProviders = (next: ChatProviders) => change({ ...values, chatProviders: next });
  const set = (at: number, part: Partial<ChatProviders[number]>) =>
    setProviders(chatProviders.map((provider, index) => (index === at ? { ...provider, ...part } : provider)));

  return (
    <>
      <SettingsSection
        id="chat-providers"
        title="Chat providers"
        lead="Asked from the top: the next one answers when the one before it cannot, and the answer says so. One that is off is asked nothing."
      >
        <ol className="grid gap-8">
          {chatProviders.map(({ name, on, fast, smart }, index) => {
            const title = CHAT_PROVIDER_WORDS[name];
            const move = (by: 1 | -1) => {
              const others = chatProviders.filter((provider) => provider.name !== name);
              const moved = chatProviders.filter((provider) => provider.name === name);
              setProviders(others.toSpliced(index + by, 0, ...moved));
            };
            return (
              <li key={name} className="grid gap-3">
                <div className="flex items-center gap-1">
                  <div className="flex-1">
                    <SwitchRow label={`${index + 1}. ${title}`} on={on} onChange={(next) => set(index, { on: next })} />
                  </div>
                  <Button
                    variant="quiet"
                    size="icon"
                    aria-label={`Ask ${title} earlier`}
                    disabled={index === 0}
                    onClick={() => move(-1)}
                  >
                    <ArrowUp aria-hidden />
                  </Button>
                  <Button
                    variant="quiet"
                    size="icon"
                    aria-label={`Ask ${title} later`}
                    disabled={index === chatProviders.length - 1}
                    onClick={() => move(1)}
                  >
                    <ArrowDown aria-hidden />
                  </Button>
                </div>
                <Field label={`${title}'s model for fast answers`} error={complaintOf(`chatProviders.${index}.fast`)}>
                  {(control) => (
                    <ModelInput {...control} value={fast} onChange={(next) => set(index, { fast: next })} />
                  )}
                </Field>
                <Field label={`${title}'s model for smart answers`} error={complaintOf(`chatProviders.${index}.smart`)}>
                  {(control) => (
                    <ModelInput {...control} value={smart} onChange={(next) => set(index, { smart: next })} />
                  )}
                </Field>
              </li>
            );
          })}
        </ol>
        {chatProviders.every(({ on }) => !on) && (
          <Notice title="Nobody would answer" className="mt-5">
            With both off, every question is refused and costs nothing.
          </Notice>
        )}
      </SettingsSection>
      <SettingsSection id="images" title="Images" lead="The model at Replicate that draws them.">
        <Field label="Model for images" hint="As owner/name." error={complaintOf("imageModel")}>
          {(control) => (
            <ModelInput
              {...control}
              value={values.imageModel}
              onChange={(imageModel) => change({ ...values, imageModel })}
            />
          )}
        </Field>
      </SettingsSection>
      <SettingsSection
        id="rate"
        title="Exchange rate"
        lead="Providers bill in dollars; cost and margin are shown in your currency."
      >
        <Field label={`One US dollar in ${currency}`} error={complaintOf("usdRate")}>
          {(control) => (
            <NumberInput
              {...control}
              value={values.usdRate}
              onChange={(usdRate) => change({ ...values, usdRate })}
              className="max-w-40"
            />
          )}
        </Field>
      </SettingsSection>
    </>
  );
}

interface ModelInputProps {
  id: string;
  value: string;
  onChange: (value: string) => void;
}

function ModelInput({ value, onChange, ...control }: ModelInputProps) {
  return (
    <Input
      {...control}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      className="font-mono text-sm"
    />
  );
}
