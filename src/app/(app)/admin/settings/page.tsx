import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { SettingsPage } from "@/features/admin/components/settings/settings-page";
import { api } from "@/trpc/server";
import { requireAdmin } from "../../require-admin";

export const metadata: Metadata = { title: "Settings" };

export default async function AdminSettingsPage() {
  await requireAdmin("/admin/settings");
  const settings = await (await api()).admin.settings();

  return (
    <PageFrame
      title="Settings"
      lead="What you save holds at once and without a restart: every process knows it within a second. What is running keeps the price it began with."
    >
      <SettingsPage initial={settings} />
    </PageFrame>
  );
}
