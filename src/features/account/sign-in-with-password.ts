"use client";

import type { Failure } from "@/components/lib/failure";

const FAILURES: Record<string, string> = {
  CredentialsSignin: "This address and password do not belong together. Check both and try again.",
  RATE_LIMITED: "Too many attempts. Wait a few minutes, then try again.",
  SERVICE_UNAVAILABLE: "Signing in is away just now. Try again in a moment.",
};

/** Signs in with address and password and opens `callback`; resolves to what went wrong, if anything did. */
export async function signInWithPassword(
  email: string,
  password: string,
  callback: string,
): Promise<Failure | undefined> {
  try {
    const { signIn } = await import("next-auth/react");
    const result = await signIn("credentials", { email, password, redirect: false });
    if (result?.ok && !result.error) {
      window.location.assign(callback);
      return undefined;
    }
    const code = result?.error ?? "INTERNAL";
    return { code, message: FAILURES[code] ?? "Signing in did not work. Try again in a moment." };
  } catch {
    return { code: "NETWORK", message: "We could not reach the server. Check your connection and try again." };
  }
}
