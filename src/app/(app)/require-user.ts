import { redirect } from "next/navigation";
import type { Me } from "@/shared/account";
import { getSessionUser } from "@/trpc/server";

/** The signed-in user; anyone else is sent to sign in, and comes back to `path` afterwards. */
export async function requireUser(path: string): Promise<Me> {
  const user = await getSessionUser();
  if (!user) redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  return user;
}
