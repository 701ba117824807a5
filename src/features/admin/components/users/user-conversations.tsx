"use client";

import { usePages } from "@/components/lib/use-pages";
import { Tag } from "@/components/ui/tag";
import { Timestamp } from "@/components/ui/timestamp";
import { getQueryKey } from "@/trpc/query-key";
import { type RouterOutputs, trpc } from "@/trpc/react";
import { type Column, DataTable } from "../data-table";

type ConversationRow = RouterOutputs["admin"]["userConversations"]["items"][number];

const COLUMNS: Column<ConversationRow>[] = [
  {
    head: "Conversation",
    cell: ({ id, removed }) => (
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-mono text-sm">{id}</span>
        {removed && <Tag>In the trash</Tag>}
      </span>
    ),
    className: "wrap-anywhere",
  },
  { head: "Messages", cell: ({ messages }) => messages.toLocaleString("en"), end: true },
  { head: "Begun", cell: ({ createdAt }) => <Timestamp at={createdAt} />, end: true, from: "sm" },
  { head: "Last", cell: ({ updatedAt }) => <Timestamp at={updatedAt} />, end: true, className: "whitespace-nowrap" },
];

/** That somebody wrote, and how much; never what. */
export function UserConversations({ userId }: { userId: string }) {
  const utils = trpc.useUtils();
  const input = { userId, limit: 25 };
  const conversations = usePages({
    queryKey: getQueryKey(trpc.admin.userConversations, input, "infinite"),
    fetch: (cursor, signal) => utils.client.admin.userConversations.query({ ...input, cursor }, { signal }),
    fresh: true,
  });

  return (
    <>
      <p className="mb-3 text-ink-soft text-sm">
        What people write is theirs: neither titles nor texts are shown here.
      </p>
      <DataTable caption="Conversations" columns={COLUMNS} list={conversations} empty={<p>Nothing was asked yet.</p>} />
    </>
  );
}
