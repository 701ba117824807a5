import type { Metadata } from "next";
import Link from "next/link";
import { PageFrame } from "@/components/shell/page-frame";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ShopPage } from "@/features/payments/components/shop-page";
import { addressWith, type Query, readPayPalReturn } from "@/features/payments/model/paypal-return";
import { api } from "@/trpc/server";
import { requireUser } from "../require-user";

export const metadata: Metadata = { title: "Buy credits" };

/** Where credits are bought, and where PayPal sends its buyers back to. */
export default async function BuyCreditsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const me = await requireUser(addressWith("/buy-credits", query));
  const caller = await api();
  const [shop, subscription] = await Promise.all([caller.payments.packs(), caller.payments.subscription()]);

  return (
    <PageFrame title="Buy credits">
      {shop ? (
        <ShopPage shop={shop} balance={me.balance} subscription={subscription} came={readPayPalReturn(query)} />
      ) : (
        <EmptyState title="Nothing is sold here">
          <p>This server does not sell credits. Ask whoever runs it for more; they can give you some by hand.</p>
          <Button asChild variant="outline" className="mt-6">
            <Link href="/dashboard">See where your credits went</Link>
          </Button>
        </EmptyState>
      )}
    </PageFrame>
  );
}
