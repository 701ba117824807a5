import { VisitorBanner } from "@/features/status/components/visitor-banner";
import { readNotice } from "./read-notice";

/** The operator's message above a page that strangers see. */
export async function NoticeBanner() {
  return <VisitorBanner {...(await readNotice())} />;
}
