import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { ProvidersPage } from "@/features/admin/components/providers/providers-page";
import { api } from "@/trpc/server";
import { requireAdmin } from "../../require-admin";

export const metadata: Metadata = { title: "Providers" };

export default async function AdminProvidersPage() {
  await requireAdmin("/admin/providers");
  const caller = await api();
  const [report, settings] = await Promise.all([caller.admin.providers(), caller.admin.settings()]);

  return (
    <PageFrame title="Providers" lead="Who answers and draws, how they do, and what they cost.">
      <ProvidersPage initial={report} settings={settings} />
    </PageFrame>
  );
}
