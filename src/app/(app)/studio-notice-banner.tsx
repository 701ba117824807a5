import { StudioBanner } from "@/features/status/components/studio-banner";
import { readNotice } from "../read-notice";

/** The operator's message above the studio's pages. */
export async function StudioNoticeBanner() {
  return <StudioBanner {...(await readNotice())} />;
}
