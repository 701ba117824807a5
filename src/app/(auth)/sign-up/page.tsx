import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { RegistrationClosed } from "@/features/account/components/registration-closed";
import { SignUpForm } from "@/features/account/components/sign-up-form";
import { safeCallback } from "@/features/account/safe-callback";
import { api, getSessionUser } from "@/trpc/server";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}) {
  const callback = safeCallback((await searchParams).callbackUrl);
  if (await getSessionUser()) redirect(callback);
  const caller = await api();
  const [prices, { registrationOpen }] = await Promise.all([caller.credits.prices(), caller.status.notice()]);
  if (!registrationOpen) return <RegistrationClosed />;
  return <SignUpForm callback={callback} bonus={prices.signUpBonus} />;
}
