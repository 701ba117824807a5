"use client";

import { ErrorPage } from "@/components/shell/error-page";
import { VisitorBanner } from "@/features/status/components/visitor-banner";

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <>
      <VisitorBanner />
      <main id="main">
        <ErrorPage error={error} retry={retry} />
      </main>
    </>
  );
}
