"use client";

import { Segmented } from "@/components/ui/segmented";
import type { UserDetail } from "@/shared/admin";
import { useAddress } from "../../hooks/use-address";
import { readRecordKind } from "../../model/record-kind";
import { UserConversations } from "./user-conversations";
import { UserImages } from "./user-images";
import { UserLedger } from "./user-ledger";
import { UserPurchases } from "./user-purchases";
import { UserSessions } from "./user-sessions";

/** What a person did, of one kind at a time: the address says which. */
export function UserRecords({ user }: { user: UserDetail }) {
  const [params, setParams] = useAddress();
  const kind = readRecordKind(params.get("show"));
  const { counts, sessions } = user;
  const choices = [
    { value: "ledger", label: "Ledger" },
    { value: "purchases", label: counted("Purchases", counts.purchases) },
    { value: "conversations", label: counted("Conversations", counts.conversations) },
    { value: "images", label: counted("Images", counts.images) },
    { value: "sessions", label: counted("Sessions", sessions.length) },
  ] as const;

  return (
    <section aria-label="Records" className="mt-12">
      <Segmented
        label="What to show"
        value={kind}
        choices={choices}
        onChange={(show) => setParams({ show: show === "ledger" ? "" : show })}
        className="-ml-3 mb-3"
      />
      {kind === "ledger" && <UserLedger userId={user.id} />}
      {kind === "purchases" && <UserPurchases userId={user.id} />}
      {kind === "conversations" && <UserConversations userId={user.id} />}
      {kind === "images" && <UserImages userId={user.id} />}
      {kind === "sessions" && <UserSessions sessions={sessions} />}
    </section>
  );
}

const counted = (what: string, count: number) => (
  <>
    {what} <span className="font-normal text-ink-soft">{count.toLocaleString("en")}</span>
  </>
);
