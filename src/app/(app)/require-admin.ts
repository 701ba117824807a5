import { notFound } from "next/navigation";
import type { Me } from "@/shared/account";
import { requireUser } from "./require-user";

/** The signed-in administrator. Strangers are sent to sign in; for everyone else there is no such page. */
export async function requireAdmin(path: string): Promise<Me> {
  const user = await requireUser(path);
  if (user.role !== "ADMIN") notFound();
  return user;
}
