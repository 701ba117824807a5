import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { AdminNav } from "@/features/admin/components/admin-nav";
import { RequestBox } from "@/features/admin/components/request-box";
import { getSessionUser } from "@/trpc/server";

/** The operator's pages. Each asks for an administrator itself too: a layout is not drawn again from page to page. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const me = await getSessionUser();
  if (!me) return children;
  if (me.role !== "ADMIN") notFound();

  return (
    <div className="mx-auto w-full max-w-7xl lg:grid lg:grid-cols-[13rem_minmax(0,1fr)]">
      <div className="lg:sticky lg:top-14 lg:max-h-[calc(100dvh-3.5rem)] lg:self-start lg:overflow-y-auto lg:pt-8 lg:pb-6 lg:pl-6">
        <div className="px-4 pt-4 pb-2 sm:px-8 lg:px-0 lg:pt-0 lg:pb-6">
          <RequestBox />
        </div>
        <AdminNav />
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
