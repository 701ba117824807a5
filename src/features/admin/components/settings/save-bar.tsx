"use client";

import { FailureNotice } from "@/components/failure-notice";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { SettingsForm } from "../../hooks/use-settings-form";
import { ChangeList } from "../change-list";

/** Stays in sight while there is something to save, and says what. */
export function SaveBar({ form }: { form: SettingsForm }) {
  const { changes, note, setNote, isSaving, failure, hasComplaints, discard, complaintOf } = form;
  const count = changes.length === 1 ? "1 change" : `${changes.length} changes`;

  return (
    <section
      aria-label="Unsaved changes"
      className="sticky bottom-0 z-20 -mx-4 grid animate-rise gap-3 border-t border-line-strong bg-paper-raised px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:-mx-8 sm:px-8"
    >
      <div className="pane-scroll max-h-[28dvh]">
        <ChangeList changes={changes} label="What will change" />
      </div>
      {hasComplaints && (
        <p role="alert" className="border-ink border-l-2 pl-2 text-sm">
          Some fields are not as they should be: each says what it wants. Nothing was saved.
        </p>
      )}
      {failure && <FailureNotice failure={failure} consequence="Nothing was changed." />}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p role="status" className="sr-only">
          {count} not saved
        </p>
        <Input
          aria-label="Note for the history"
          aria-invalid={complaintOf("note") ? true : undefined}
          placeholder="Why? For the history"
          value={note}
          onChange={(event) => setNote(event.target.value)}
          maxLength={200}
          autoComplete="off"
          className="w-full sm:w-auto sm:flex-1"
        />
        <Button variant="quiet" onClick={discard} disabled={isSaving}>
          Discard
        </Button>
        <Button type="submit" disabled={isSaving}>
          {isSaving ? "Saving…" : `Save ${count}`}
        </Button>
      </div>
    </section>
  );
}
