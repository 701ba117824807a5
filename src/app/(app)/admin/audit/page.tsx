import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { AuditLog } from "@/features/admin/components/audit/audit-log";
import { requireAdmin } from "../../require-admin";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage() {
  await requireAdmin("/admin/audit");
  return (
    <PageFrame title="Audit" lead="Every change by an administrator: who, what, before and after, and why.">
      <AuditLog />
    </PageFrame>
  );
}
