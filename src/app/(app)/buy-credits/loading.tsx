import { PageFrame } from "@/components/shell/page-frame";
import { ShopSkeleton } from "@/features/payments/components/shop-skeleton";

export default function BuyCreditsLoading() {
  return (
    <PageFrame title="Buy credits">
      <ShopSkeleton />
    </PageFrame>
  );
}
