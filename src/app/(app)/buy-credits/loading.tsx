import { PageFrame } from "@/components/shell/page-frame";

export default function BuyCreditsLoading() {
  return (
    <PageFrame title="Buy credits">
      <div role="status" aria-label="Opening the shop" className="grid gap-10 lg:grid-cols-2 lg:gap-16">
        <div className="skeleton h-72" />
        <div className="skeleton h-56" />
      </div>
    </PageFrame>
  );
}
