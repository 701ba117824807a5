"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { ROLE_NAMES } from "@/components/lib/role-names";
import { Button } from "@/components/ui/button";
import { Tag } from "@/components/ui/tag";
import type { UserDetail } from "@/shared/admin";
import { trpc } from "@/trpc/react";
import { AdjustCredits } from "./adjust-credits";
import { ChangeRole } from "./change-role";
import { ChangeStatus } from "./change-status";
import { DeleteUser } from "./delete-user";
import { SignOutUser } from "./sign-out-user";
import { UserFacts } from "./user-facts";
import { UserRecords } from "./user-records";

interface UserPageProps {
  initial: UserDetail;
  /** The administrator who looks is this very person. */
  self: boolean;
}

/** One person as an operator sees them, and what can be done for or about them. */
export function UserPage({ initial, self }: UserPageProps) {
  const query = trpc.admin.user.useQuery({ userId: initial.id }, { initialData: initial });
  const user = query.data;

  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-6 pb-20 sm:px-8 sm:pt-10">
      <Button asChild variant="quiet" size="sm" className="-ml-3">
        <Link href="/admin/users">
          <ArrowLeft aria-hidden /> Users
        </Link>
      </Button>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="display wrap-anywhere text-4xl">{user.name}</h1>
        <Tag>{ROLE_NAMES[user.role]}</Tag>
        {user.status === "suspended" && <Tag strong>Suspended</Tag>}
        {self && <Tag>You</Tag>}
      </div>
      <p className="wrap-anywhere mt-1 text-ink-soft">{user.email}</p>
      {query.isError && (
        <FailureNotice
          failure={toFailure(query.error)}
          consequence="What stands here may be old."
          onRetry={() => query.refetch()}
          className="mt-6"
        />
      )}
      <UserFacts user={user} />
      <div className="mt-6 flex flex-wrap gap-2">
        <AdjustCredits user={user} />
        {/* One slip would lock out whoever looks: for themselves they have their own settings. */}
        {!self && (
          <>
            <ChangeRole user={user} />
            <ChangeStatus user={user} />
            <SignOutUser user={user} />
            <DeleteUser user={user} />
          </>
        )}
      </div>
      <UserRecords user={user} />
    </div>
  );
}
