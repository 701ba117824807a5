import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { UserList } from "@/features/admin/components/users/user-list";
import { requireAdmin } from "../../require-admin";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage() {
  await requireAdmin("/admin/users");
  return (
    <PageFrame title="Users">
      <UserList />
    </PageFrame>
  );
}
