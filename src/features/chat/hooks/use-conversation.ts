"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import { usePages } from "@/components/lib/use-pages";
import type { ChatMessage } from "@/shared/chat";
import { getQueryKey } from "@/trpc/query-key";
import { type RouterOutputs, trpc } from "@/trpc/react";
import { EMPTY_THREAD } from "../model/chat-threads";
import { mergeMessages, shownBranch, type Turn } from "../model/message-tree";
import { useChatThreads } from "./chat-threads-provider";

export type ConversationPage = RouterOutputs["chat"]["get"];

const NO_MESSAGES: ChatMessage[] = [];

/**
 * A conversation as it is shown: the server's pages, what this browser knows beyond them, the chosen branch. All but the
 * text of an answer being written, which `useGrowing` knows.
 */
export function useConversation(conversationId: string | undefined, initial: ConversationPage | undefined) {
  const threads = useChatThreads();
  const threadKey = useSyncExternalStore(
    threads.subscribe,
    () => threads.keyOf(conversationId),
    () => conversationId ?? "new-0",
  );
  const thread = useSyncExternalStore(
    threads.subscribe,
    () => threads.frame(threadKey),
    () => EMPTY_THREAD,
  );

  const utils = trpc.useUtils();
  const input = { conversationId: conversationId ?? "" };
  const query = usePages({
    queryKey: getQueryKey(trpc.chat.get, input, "infinite"),
    fetch: (cursor, signal) => utils.client.chat.get.query({ ...input, cursor }, { signal }),
    initial,
    enabled: conversationId !== undefined,
    retry: false,
  });
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
