import { cookies } from "next/headers";
import { MaintenanceBanner } from "@/features/status/components/maintenance-banner";
import { CLOSED_NOTICE_COOKIE } from "@/features/status/notice-id";
import { api } from "@/trpc/server";

/** The operator's message above a page, as this reader left it: drawn with the page, so that nothing jumps. */
export async function NoticeBanner() {
  const [notice, jar] = await Promise.all([api().then((caller) => caller.status.notice()), cookies()]);
  return <MaintenanceBanner initial={notice} initiallyClosed={jar.get(CLOSED_NOTICE_COOKIE)?.value} />;
}
