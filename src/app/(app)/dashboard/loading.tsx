import { PageFrame } from "@/components/shell/page-frame";

export default function DashboardLoading() {
  return (
    <PageFrame title="Dashboard">
      <div role="status" aria-label="Opening your dashboard" className="grid gap-10 lg:grid-cols-[2fr_3fr]">
        <div className="skeleton h-28" />
        <div className="skeleton h-56" />
        <div className="skeleton h-44 lg:col-span-2" />
      </div>
    </PageFrame>
  );
}
