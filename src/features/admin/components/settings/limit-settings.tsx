"use client";

import { SettingsSection } from "@/components/settings-section";
import { Switch } from "@/components/ui/switch";
import { ROLES, type Role } from "@/shared/entitlements";
import type { Settings } from "@/shared/settings";
import type { SettingsForm } from "../../hooks/use-settings-form";
import { LIMIT_WORDS, ROLE_WORDS } from "../../model/settings-words";
import { NumberInput } from "./number-input";

const COUNTS = ["chatPerMinute", "imagesPerMinute", "imagesPerRequest", "concurrentGenerations"] as const;

/** What each role may do. */
export function LimitSettings({ form: { values, change, complaintOf } }: { form: SettingsForm }) {
  const { limits } = values;
  const set = (role: Role, part: Partial<Settings["limits"][Role]>) =>
    change({ ...values, limits: { ...limits, [role]: { ...limits[role], ...part } } });

  return (
    <SettingsSection
      id="limits"
      wide
      title="Limits"
      lead="How much each kind of account may do, from the next request on."
    >
      <table className="w-full table-fixed">
        <caption className="sr-only">Limits by kind of account</caption>
        <thead>
          <tr className="text-ink-soft text-xs sm:text-sm">
            <td className="w-[34%] sm:w-2/5" />
            {ROLES.map((role) => (
              <th key={role} scope="col" className="px-1 pb-1 text-right font-normal">
                {ROLE_WORDS[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {COUNTS.map((name) => (
            <tr key={name} className="border-t">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal text-sm sm:text-base">
                {LIMIT_WORDS[name]}
              </th>
              {ROLES.map((role) => (
                <td key={role} className="px-1 py-1.5 align-top">
                  <LimitInput
                    label={`${ROLE_WORDS[role]}: ${LIMIT_WORDS[name].toLowerCase()}`}
                    complaint={complaintOf(`limits.${role}.${name}`)}
                    value={limits[role][name]}
                    onChange={(value) => set(role, { [name]: value })}
                  />
                </td>
              ))}
            </tr>
          ))}
          <tr className="border-y">
            <th scope="row" className="py-1.5 pr-2 text-left font-normal text-sm sm:text-base">
              Smart answers
            </th>
            {ROLES.map((role) => (
              <td key={role} className="h-14 px-1 text-right">
                <Switch
                  aria-label={`${ROLE_WORDS[role]}: smart answers`}
                  checked={limits[role].smart}
                  onCheckedChange={(smart) => set(role, { smart })}
                />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </SettingsSection>
  );
}

interface LimitInputProps {
  label: string;
  complaint: string | undefined;
  value: number;
  onChange: (value: number) => void;
}

function LimitInput({ label, complaint, value, onChange }: LimitInputProps) {
  return (
    <>
      <NumberInput
        aria-label={complaint ? `${label}. ${complaint}` : label}
        aria-invalid={complaint ? true : undefined}
        inputMode="numeric"
        value={value}
        onChange={onChange}
        className="px-2 text-right"
      />
      {complaint && (
        <p aria-hidden className="mt-1 text-sm">
          {complaint}
        </p>
      )}
    </>
  );
}
