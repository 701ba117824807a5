import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/features/account/components/sign-in-form";
import { safeCallback } from "@/features/account/safe-callback";
import { getSessionUser } from "@/trpc/server";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}) {
  const callback = safeCallback((await searchParams).callbackUrl);
  if (await getSessionUser()) redirect(callback);
  return <SignInForm callback={callback} />;
}
