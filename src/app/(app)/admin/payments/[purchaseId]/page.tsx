import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PaymentPage } from "@/features/admin/components/payments/payment-page";
import { purchaseIdInput } from "@/shared/payments";
import { api } from "@/trpc/server";
import { requireAdmin } from "../../../require-admin";

export const metadata: Metadata = { title: "Payment" };

export default async function OnePaymentPage({ params }: { params: Promise<{ purchaseId: string }> }) {
  const { purchaseId } = await params;
  await requireAdmin(`/admin/payments/${purchaseId}`);
  const input = purchaseIdInput.safeParse({ purchaseId });
  if (!input.success) notFound();
  const { items } = await (await api()).admin.payments({ query: purchaseId, limit: 1 });
  const payment = items.find(({ id }) => id === purchaseId);
  if (!payment) notFound();
  return <PaymentPage initial={payment} />;
}
