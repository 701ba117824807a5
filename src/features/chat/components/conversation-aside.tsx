"use client";

import { lazyAgain } from "@/components/lib/lazy-again";
import { ListSkeleton } from "./list-skeleton";

const ConversationList = lazyAgain<object>(
  () => import("./conversation-list").then(({ ConversationList }) => ConversationList),
  ListSkeleton,
);

/** On wide screens: the list of conversations beside the one being read, which does not wait for it. */
export function ConversationAside() {
  return (
    <aside className="hidden w-72 shrink-0 border-r lg:flex">
      <ConversationList />
    </aside>
  );
}
