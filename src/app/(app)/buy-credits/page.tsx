import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { ShopPage } from "@/features/payments/components/shop-page";
import { addressWith, type Query, readPayPalReturn } from "@/features/payments/model/paypal-return";
import { api } from "@/trpc/server";
import { requireUser } from "../require-user";

export const metadata: Metadata = { title: "Buy credits" };

/** Where credits are bought, and where PayPal sends its buyers back to. */
export default async function BuyCreditsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const me = await requireUser(addressWith("/buy-credits", query));
  const subscription = await (await api()).payments.subscription();

  return (
    <PageFrame title="Buy credits">
      <ShopPage
        isOn={me.features.buying}
        balance={me.balance}
        subscription={subscription}
        came={readPayPalReturn(query)}
      />
    </PageFrame>
  );
}
