import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Receipt } from "@/features/payments/components/receipt";
import { purchaseIdInput } from "@/shared/payments";
import { api } from "@/trpc/server";
import { isNotFound } from "../../../is-not-found";
import { requireUser } from "../../../require-user";

export const metadata: Metadata = { title: "Receipt" };

export default async function ReceiptPage({ params }: { params: Promise<{ purchaseId: string }> }) {
  const { purchaseId } = await params;
  await requireUser(`/dashboard/purchases/${purchaseId}`);
  return <Receipt initial={await loadReceipt(purchaseId)} />;
}

async function loadReceipt(purchaseId: string) {
  const input = purchaseIdInput.safeParse({ purchaseId });
  if (!input.success) notFound();
  try {
    return await (await api()).payments.purchase(input.data);
  } catch (error) {
    if (isNotFound(error)) notFound();
    throw error;
  }
}
