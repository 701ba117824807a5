"use client";

import { usePages } from "@/components/lib/use-pages";
import { LoadMore } from "@/components/load-more";
import { Button } from "@/components/ui/button";
import { Timestamp } from "@/components/ui/timestamp";
import { getQueryKey } from "@/trpc/query-key";
import { type RouterOutputs, trpc } from "@/trpc/react";
import type { SettingsForm } from "../../hooks/use-settings-form";
import { settingsChanges } from "../../model/settings-changes";
import { ChangeList } from "../change-list";

type Version = RouterOutputs["admin"]["settingsHistory"]["items"][number];

/** Every version there was: who made it, when, why, and what it changed. */
export function SettingsHistory({ form }: { form: SettingsForm }) {
  const utils = trpc.useUtils();
  const history = usePages({
    queryKey: getQueryKey(trpc.admin.settingsHistory, { limit: 10 }, "infinite"),
    fetch: (cursor, signal) => utils.client.admin.settingsHistory.query({ limit: 10, cursor }, { signal }),
    fresh: true,
  });
  const versions = history.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <section aria-labelledby="history-title" className="border-t pt-8">
      <h2 id="history-title" className="display text-2xl">
        History
      </h2>
      {history.isPending && <div role="status" aria-label="Looking" className="skeleton mt-4 h-24" />}
      {history.isSuccess && versions.length === 0 && (
        <p className="mt-3 text-ink-soft">Nobody has saved settings yet.</p>
      )}
      <ol aria-busy={history.isFetching} className="mt-4">
        {versions.map((version, index) => (
          <VersionRow key={version.version} version={version} previous={versions[index + 1]} form={form} />
        ))}
      </ol>
      <LoadMore list={history} label="Show earlier versions" />
    </section>
  );
}

interface VersionRowProps {
  version: Version;
  /** The one before it; absent for the first, and while it is on a page that is not here yet. */
  previous: Version | undefined;
  form: SettingsForm;
}

function VersionRow({ version: { version, values, note, at, changedByEmail }, previous, form }: VersionRowProps) {
  const { current, currency, isDirty, change, setNote } = form;
  const changes = previous && settingsChanges(previous.values, values, currency);
  const restore = () => {
    change(values);
    setNote(`Version ${version} again`);
  };

  return (
    <li className="grid gap-x-8 gap-y-2 border-t py-4 sm:grid-cols-[10rem_minmax(0,1fr)_auto]">
      <div>
        <p className="font-medium">Version {version}</p>
        <p className="text-ink-soft text-sm">{at && <Timestamp at={at} full />}</p>
        <p className="wrap-anywhere text-ink-soft text-sm">{changedByEmail ?? "somebody who is gone"}</p>
      </div>
      <div className="min-w-0">
        {note && <p className="wrap-anywhere mb-1">“{note}”</p>}
        {version === 1 && (
          <p className="text-ink-soft text-sm">The first to be saved: until then the environment's values held.</p>
        )}
        {changes?.length === 0 && <p className="text-ink-soft text-sm">Nothing differs from the version before.</p>}
        {changes && <ChangeList changes={changes} label={`What version ${version} changed`} />}
      </div>
      <div>
        {version === current.version ? (
          <p className="text-ink-soft text-sm">In force</p>
        ) : (
          <Button
            variant="outline"
            size="sm"
            disabled={isDirty}
            title={isDirty ? "Save or discard your changes first" : undefined}
            onClick={restore}
          >
            Restore version {version}
          </Button>
        )}
      </div>
    </li>
  );
}
