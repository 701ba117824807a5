import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { WhereIdsAre } from "@/features/admin/components/requests/where-ids-are";
import { requireAdmin } from "../../require-admin";

export const metadata: Metadata = { title: "Requests" };

export default async function RequestsPage() {
  await requireAdmin("/admin/requests");
  return (
    <PageFrame title="Requests" lead="Paste the id of a request, and read what happened in it.">
      <WhereIdsAre />
    </PageFrame>
  );
}
