import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { requireAdmin } from "../require-admin";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  await requireAdmin("/admin");
  return <PageFrame title="Overview">{null}</PageFrame>;
}
