"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { SettingsForm } from "../../hooks/use-settings-form";
import { ChangeList } from "../change-list";

interface SettingsConflictProps {
  form: SettingsForm;
  conflict: NonNullable<SettingsForm["conflict"]>;
}

/** Somebody else saved while this was being changed: shows both, and lets the operator decide. */
export function SettingsConflict({ form, conflict }: SettingsConflictProps) {
  const { current, changes, discard } = form;
  const mine = new Set(changes.map(({ key }) => key));
  const both = conflict.theirs.filter(({ key }) => mine.has(key)).map(({ label }) => label);

  return (
    <section
      aria-label="Somebody else saved"
      className="sticky bottom-0 z-20 -mx-4 border-t border-line-strong bg-paper-raised px-4 py-4 sm:-mx-8 sm:px-8"
    >
      <Notice
        role="alert"
        title={`${current.changedByEmail ?? "Somebody else"} saved version ${current.version} in the meantime`}
        actions={
          <>
            <Button onClick={conflict.keepMine}>Keep mine, on top of theirs</Button>
            <Button variant="outline" onClick={discard}>
              Take theirs
            </Button>
          </>
        }
      >
        <div className="pane-scroll grid max-h-[36dvh] gap-x-10 gap-y-4 text-ink sm:grid-cols-2">
          <div>
            <h3 className="mb-1 text-ink-soft text-sm">They changed{current.note && `: “${current.note}”`}</h3>
            <ChangeList changes={conflict.theirs} label="What they changed" />
          </div>
          <div>
            <h3 className="mb-1 text-ink-soft text-sm">You changed, not saved yet</h3>
            <ChangeList changes={changes} label="What you changed" />
          </div>
        </div>
        {both.length > 0 && (
          <p className="mt-3">
            You both changed {both.join(", ")}: keeping yours replaces theirs. Nothing is saved before you press Save.
          </p>
        )}
      </Notice>
    </section>
  );
}
