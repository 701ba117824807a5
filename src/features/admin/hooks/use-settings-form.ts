"use client";

import { useMemo, useState } from "react";
import { type Failure, toFailure } from "@/components/lib/failure";
import { useAfterHydration } from "@/components/lib/use-after-hydration";
import { type Settings, type SettingsInForce, saveSettingsInput } from "@/shared/settings";
import { trpc } from "@/trpc/react";
import { complaintsOf, mergeSettings, settingsChanges } from "../model/settings-changes";

/** Changes that are not saved, and the version they were made to. */
interface Edit {
  base: SettingsInForce;
  values: Settings;
}

const NO_COMPLAINTS = new Map<string, string>();

/** Changing the settings: what is written, what that changes, and what somebody else saved meanwhile. */
export function useSettingsForm(initial: SettingsInForce) {
  const utils = trpc.useUtils();
  const query = trpc.admin.settings.useQuery(undefined, { initialData: initial, refetchOnMount: "always" });
  const current = useAfterHydration(initial, query.data);
  const [edit, setEdit] = useState<Edit>();
  const [note, setNote] = useState("");
  const [failure, setFailure] = useState<Failure>();
  /** How often saving was refused for what is written: from the first time on, each field says what is wrong with it. */
  const [refusals, setRefusals] = useState(0);
  const saving = trpc.admin.saveSettings.useMutation();

  const { currency } = current;
  const changes = useMemo(
    () => (edit ? settingsChanges(edit.base.values, edit.values, currency) : []),
    [edit, currency],
  );
  const isDirty = edit !== undefined && changes.length > 0;
  const base = isDirty ? edit.base : current;
  const values = isDirty ? edit.values : current.values;
  const input = saveSettingsInput.safeParse({ version: base.version, values, note });
  const complaints = refusals > 0 && !input.success ? complaintsOf(input.error) : NO_COMPLAINTS;

  const forget = () => {
    setEdit(undefined);
    setNote("");
    setFailure(undefined);
    setRefusals(0);
  };
  const change = (next: Settings) => setEdit({ base, values: next });
  const save = async () => {
    setFailure(undefined);
    if (!input.success) return setRefusals((times) => times + 1);
    try {
      const saved = await saving.mutateAsync(input.data);
      utils.admin.settings.setData(undefined, { ...saved, currency });
      forget();
      await Promise.all([
        utils.admin.settings.invalidate(),
        utils.admin.settingsHistory.invalidate(),
        utils.admin.providers.invalidate(),
        utils.account.me.invalidate(),
        utils.payments.packs.invalidate(),
        utils.status.invalidate(),
      ]);
    } catch (error) {
      const failed = toFailure(error);
      // What they saved is shown instead, as soon as it is here.
      if (failed.code === "CONFLICT") await utils.admin.settings.invalidate();
      else setFailure(failed);
    }
  };

  return {
    current,
    values,
    currency,
    changes,
    isDirty,
    change,
    note,
    setNote,
    save,
    isSaving: saving.isPending,
    failure,
    refusals,
    hasComplaints: complaints.size > 0,
    discard: forget,
    complaintOf: (field: string) => complaints.get(field === "note" ? field : `values.${field}`),
    /** What somebody else saved since these changes began; to be decided on before saving. */
    conflict:
      isDirty && current.version > base.version
        ? {
            theirs: settingsChanges(base.values, current.values, currency),
            keepMine: () => setEdit({ base: current, values: mergeSettings(base.values, values, current.values) }),
          }
        : undefined,
  };
}

export type SettingsForm = ReturnType<typeof useSettingsForm>;
