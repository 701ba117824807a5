import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { OverviewPage } from "@/features/admin/components/overview/overview-page";
import { requireAdmin } from "../require-admin";

export const metadata: Metadata = { title: "Overview" };

export default async function AdminOverviewPage() {
  await requireAdmin("/admin");
  return (
    <PageFrame title="Overview">
      <OverviewPage />
    </PageFrame>
  );
}
