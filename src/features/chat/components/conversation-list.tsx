"use client";

import { SquarePen, Trash2, X } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { dayLabel } from "@/components/lib/format";
import { useNow } from "@/components/lib/use-now";
import { useReach } from "@/components/lib/use-reach";
import { Button } from "@/components/ui/button";
import { SearchInput } from "@/components/ui/search-input";
import type { Conversation } from "@/shared/chat";
import { useConversationActions, useConversationList } from "../hooks/use-conversation-list";
import { ConversationRow } from "./conversation-row";
import { ListSkeleton } from "./list-skeleton";
import { RemovedRow } from "./removed-row";

/** Runs of conversations under one heading each, in the order they come. */
function byDay(items: Conversation[], now: Date | undefined) {
  const groups: { label: string; items: Conversation[] }[] = [];
  for (const item of items) {
    const label = now ? dayLabel(item.updatedAt, now) : "";
    const last = groups.at(-1);
    if (last?.label === label) last.items.push(item);
    else groups.push({ label, items: [item] });
  }
  return groups;
}

/**
 * Every conversation, newest first: to open, search, rename, throw away and take back. `onOpen` is called when what is
 * chosen stands on this page already.
 */
export function ConversationList({ onOpen }: { onOpen?: () => void }) {
  const pathname = usePathname();
  const now = useNow();
  const [search, setSearch] = useState("");
  const [trash, setTrash] = useState(false);
  const list = useConversationList(trash ? "" : search, trash);
  const actions = useConversationActions();
  const end = useReach(() => list.fetchNextPage(), list.hasNextPage && !list.isFetchingNextPage);

  return (
    <nav aria-label="Conversations" className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="grid gap-2 p-3">
        <Button asChild variant="outline" className="justify-start px-3">
          <Link href="/chat" {...(onOpen ? { onClick: onOpen } : {})}>
            <SquarePen aria-hidden /> New chat
          </Link>
        </Button>
        {!trash && (
          <SearchInput
            label="Search conversations"
            value={search}
            onChange={setSearch}
            className="border-transparent bg-transparent"
          />
        )}
      </div>
      <div className="pane-scroll min-h-0 flex-1 px-3 pb-3">
        {trash && <h2 className="px-3 pb-2 font-medium text-sm">In the trash</h2>}
        {list.isPending && <ListSkeleton />}
        {list.isError && <FailureNotice failure={toFailure(list.error)} onRetry={() => list.refetch()} />}
        {list.isSuccess && list.items.length === 0 && (
          <p className="px-3 py-2 text-ink-soft text-sm">
            {trash ? "The trash is empty." : search ? "No title has these words." : "What you ask will be kept here."}
          </p>
        )}
        {trash ? (
          <ul>
            {list.items.map((item) => (
              <RemovedRow key={item.id} conversation={item} onRestore={actions.restore} />
            ))}
          </ul>
        ) : (
          byDay(list.items, now).map((group) => (
            <section key={group.label} className="mb-4">
              <h2 className="min-h-7 px-3 pb-1 text-ink-soft text-sm">{group.label}</h2>
              <ul>
                {group.items.map((item) => (
                  <ConversationRow
                    key={item.id}
                    conversation={item}
                    current={pathname === `/chat/${item.id}`}
                    onOpen={onOpen}
                    onRename={actions.rename}
                    onRemove={actions.remove}
                  />
                ))}
              </ul>
            </section>
          ))
        )}
        <div ref={end} />
      </div>
      <div className="border-t p-2">
        <Button variant="quiet" size="sm" className="w-full justify-start" onClick={() => setTrash(!trash)}>
          {trash ? (
            <>
              <X aria-hidden /> Close the trash
            </>
          ) : (
            <>
              <Trash2 aria-hidden /> Trash
            </>
          )}
        </Button>
      </div>
    </nav>
  );
}
