"use client";

import { usePathname, useRouter } from "next/navigation";
import { useCallback, useDeferredValue } from "react";
import { toFailure } from "@/components/lib/failure";
import { notify } from "@/components/lib/notify";
import { usePages } from "@/components/lib/use-pages";
import type { Conversation } from "@/shared/chat";
import { getQueryKey } from "@/trpc/query-key";
import { trpc } from "@/trpc/react";

/** The reader's conversations: all, those found by `search`, or those in the trash. */
export function useConversationList(search: string, removed: boolean) {
  const utils = trpc.useUtils();
  const query = useDeferredValue(search.trim());
  const everything = { removed, limit: 30 };
  const all = usePages({
    queryKey: getQueryKey(trpc.chat.list, everything, "infinite"),
    fetch: (cursor, signal) => utils.client.chat.list.query({ ...everything, cursor }, { signal }),
    enabled: query === "",
  });
  const matching = { query, limit: 30 };
  const found = usePages({
    queryKey: getQueryKey(trpc.chat.search, matching, "infinite"),
    fetch: (cursor, signal) => utils.client.chat.search.query({ ...matching, cursor }, { signal }),
    enabled: query !== "",
    keepPrevious: true,
  });
  const list = query === "" ? all : found;
  return { ...list, items: list.data?.pages.flatMap((page) => page.items) ?? [] };
}

/** What can be done to a conversation in the list. */
export function useConversationActions() {
  const utils = trpc.useUtils();
  const router = useRouter();
  const pathname = usePathname();

  const refresh = useCallback(
    () => Promise.all([utils.chat.list.invalidate(), utils.chat.search.invalidate()]),
    [utils],
  );
  const complain = useCallback((error: unknown) => {
    notify(toFailure(error).message);
  }, []);

  const rename = trpc.chat.rename.useMutation({
    onError: complain,
    onSettled: (_, __, { conversationId }) => Promise.all([refresh(), utils.chat.get.invalidate({ conversationId })]),
  });
  const restore = trpc.chat.restore.useMutation({ onError: complain, onSettled: refresh });
  const remove = trpc.chat.remove.useMutation({
    onError: complain,
    onSuccess: (_, { conversationId }) => {
      if (pathname === `/chat/${conversationId}`) router.push("/chat");
      notify("Moved to the trash.", { label: "Undo", onClick: () => restore.mutate({ conversationId }) });
    },
    onSettled: refresh,
  });

  return {
    rename: (conversation: Conversation, title: string) => rename.mutate({ conversationId: conversation.id, title }),
    remove: (conversation: Conversation) => remove.mutate({ conversationId: conversation.id }),
    restore: (conversation: Conversation) => restore.mutate({ conversationId: conversation.id }),
  };
}
