import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { UserPage } from "@/features/admin/components/users/user-page";
import { userIdInput } from "@/shared/admin";
import { api } from "@/trpc/server";
import { isNotFound } from "../../../is-not-found";
import { requireAdmin } from "../../../require-admin";

interface PersonPageProps {
  params: Promise<{ userId: string }>;
}

/** The person, read once for the page and its title. */
const loadUser = cache(async (userId: string) => {
  await requireAdmin(`/admin/users/${userId}`);
  const input = userIdInput.safeParse({ userId });
  if (!input.success) notFound();
  try {
    return await (await api()).admin.user(input.data);
  } catch (error) {
    if (isNotFound(error)) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PersonPageProps): Promise<Metadata> {
  return { title: (await loadUser((await params).userId)).name };
}

export default async function PersonPage({ params }: PersonPageProps) {
  const { userId } = await params;
  const me = await requireAdmin(`/admin/users/${userId}`);
  return <UserPage initial={await loadUser(userId)} self={me.id === userId} />;
}
