import { cookies } from "next/headers";
import { CLOSED_NOTICE_COOKIE } from "@/features/status/notice-id";
import { api } from "@/trpc/server";

/** What the operator tells everybody, and whether this reader has closed it: drawn with the page, so that nothing jumps. */
export async function readNotice() {
  const [notice, jar] = await Promise.all([api().then((caller) => caller.status.notice()), cookies()]);
  return { initial: notice, initiallyClosed: jar.get(CLOSED_NOTICE_COOKIE)?.value };
}
