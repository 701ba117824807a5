import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { PaymentList } from "@/features/admin/components/payments/payment-list";
import { requireAdmin } from "../../require-admin";

export const metadata: Metadata = { title: "Payments" };

export default async function PaymentsPage() {
  await requireAdmin("/admin/payments");
  return (
    <PageFrame title="Payments">
      <PaymentList />
    </PageFrame>
  );
}
