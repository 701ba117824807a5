import type { Metadata } from "next";
import { Landing } from "@/features/marketing/components/landing";
import { api, getSessionUser } from "@/trpc/server";
import { NoticeBanner } from "../notice-banner";

export const metadata: Metadata = { title: { absolute: "Inkwell: a quiet studio for chat and images" } };

export default async function LandingPage() {
  const [user, prices] = await Promise.all([getSessionUser(), api().then((caller) => caller.credits.prices())]);
  return (
    <>
      <NoticeBanner />
      <Landing signedIn={user !== null} prices={prices} />
    </>
  );
}
