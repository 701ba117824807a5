"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { ChatMessage } from "@/shared/chat";
import { type RouterOutputs, trpc } from "@/trpc/react";
import type { ChatThread } from "../model/chat-threads";
import { mergeMessages, shownBranch, type Turn } from "../model/message-tree";
import { useChatThreads } from "./chat-threads-provider";

export type ConversationPage = RouterOutputs["chat"]["get"];

const EMPTY_THREAD: ChatThread = {
  conversationId: undefined,
  messages: new Map(),
  chosen: new Map(),
  run: undefined,
  refused: undefined,
};
const NO_MESSAGES: ChatMessage[] = [];
const FRESH_MS = 30_000;

/** A conversation as it is shown: the server's pages, what this browser knows beyond them, the chosen branch. */
export function useConversation(conversationId: string | undefined, initial: ConversationPage | undefined) {
  const threads = useChatThreads();
  const threadKey = useSyncExternalStore(
    threads.subscribe,
    () => threads.keyOf(conversationId),
    () => conversationId ?? "new-0",
  );
  const thread = useSyncExternalStore(
    threads.subscribe,
    () => threads.thread(threadKey),
    () => EMPTY_THREAD,
  );

  const query = trpc.chat.get.useInfiniteQuery(
    { conversationId: conversationId ?? "" },
    {
      enabled: conversationId !== undefined,
      getNextPageParam: (page) => page.nextCursor,
      staleTime: FRESH_MS,
      retry: false,
      ...(initial ? { initialData: { pages: [initial], pageParams: [undefined] } } : {}),
    },
  );
  const stored = useMemo(
    () => (query.data ? query.data.pages.toReversed().flatMap((page) => page.messages) : NO_MESSAGES),
    [query.data],
  );
  const messages = useMemo(() => mergeMessages(stored, thread.messages.values()), [stored, thread.messages]);
  const turns: Turn[] = useMemo(() => shownBranch(messages, thread.chosen), [messages, thread.chosen]);

  const unfinished = stored.findLast((message) => message.status === "streaming");
  const following = thread.run !== undefined || (unfinished !== undefined && thread.messages.has(unfinished.id));
  useEffect(() => {
    if (unfinished && !following) threads.follow(threadKey, unfinished.id, unfinished);
  }, [threads, threadKey, unfinished, following]);

  return { threads, threadKey, thread, turns, query, title: query.data?.pages[0]?.conversation.title };
}
