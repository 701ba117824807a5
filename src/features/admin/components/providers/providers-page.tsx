"use client";

import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { useAfterHydration } from "@/components/lib/use-after-hydration";
import { Timestamp } from "@/components/ui/timestamp";
import { type ProvidersReport, TESTABLE } from "@/shared/operations";
import type { SettingsInForce } from "@/shared/settings";
import { trpc } from "@/trpc/react";
import { useSettingsForm } from "../../hooks/use-settings-form";
import { ProviderSettings } from "../settings/provider-settings";
import { SettingsFrame } from "../settings/settings-frame";
import { InstanceList } from "./instance-list";
import { ProviderSection } from "./provider-section";
import { TestNow } from "./test-now";

const REFRESH_MS = 5_000;

interface ProvidersPageProps {
  initial: ProvidersReport;
  settings: SettingsInForce;
}

/** How each provider does, in the last 24 hours and just now, and what is asked of whom. */
export function ProvidersPage({ initial, settings }: ProvidersPageProps) {
  const query = trpc.admin.providers.useQuery(undefined, { initialData: initial, refetchInterval: REFRESH_MS });
  const { providers, instances, since } = useAfterHydration(initial, query.data);
  const form = useSettingsForm(settings);
  const reported = new Set(providers.map(({ name }) => name));
  const others = TESTABLE.filter((name) => !reported.has(name));

  return (
    <>
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} consequence="What stands here may be old." className="mb-8" />
      )}
      <p className="text-ink-soft text-sm">
        Figures since <Timestamp at={since} full />; renewed every few seconds.
      </p>
      <div className="mt-4">
        {providers.map((provider) => (
          <ProviderSection key={provider.name} provider={provider} />
        ))}
        <section aria-labelledby="others-title" className="border-t py-6">
          <h2 id="others-title" className="display text-2xl">
            What everything stands on
          </h2>
          <div className="mt-3 grid gap-x-10 gap-y-3 sm:grid-cols-2">
            {others.map((name) => (
              <TestNow key={name} name={name} titled />
            ))}
          </div>
        </section>
      </div>
      <InstanceList instances={instances} />
      <h2 className="display mt-12 mb-4 text-2xl">Who is asked</h2>
      <SettingsFrame form={form}>
        <ProviderSettings form={form} />
      </SettingsFrame>
    </>
  );
}
