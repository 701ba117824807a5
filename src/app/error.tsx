"use client";

import { ErrorPage } from "@/components/shell/error-page";
import { MaintenanceBanner } from "@/features/status/components/maintenance-banner";

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <>
      <MaintenanceBanner />
      <main id="main">
        <ErrorPage error={error} retry={retry} />
      </main>
    </>
  );
}
