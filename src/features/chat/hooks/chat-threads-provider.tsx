"use client";

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState } from "react";
import { getQueryKey } from "@/trpc/query-key";
import { type RouterOutputs, trpc } from "@/trpc/react";
import { ChatThreads } from "../model/chat-threads";
import { withNewest } from "../model/with-newest";

type Pages = InfiniteData<RouterOutputs["chat"]["get"]>;

const Context = createContext<ChatThreads | undefined>(undefined);

/** Holds the conversations of this browser, above the pages, so that answers go on while the reader is elsewhere. */
export function ChatThreadsProvider({ children }: { children: ReactNode }) {
  const utils = trpc.useUtils();
  const queryClient = useQueryClient();
  /** Reads again what an answer has changed: of a conversation read back far, its newest page alone. */
  const readNewest = async (conversationId: string) => {
    const queryKey = getQueryKey(trpc.chat.get, { conversationId }, "infinite");
    const known = queryClient.getQueryData<Pages>(queryKey);
    if (!known || known.pages.length < 2) return utils.chat.get.invalidate({ conversationId });
    const newest = await utils.client.chat.get.query({ conversationId }).catch(() => undefined);
    // What the answer said is here; the rest is read with the next one.
    if (!newest) return;
    queryClient.setQueryData<Pages>(queryKey, (now) => {
      const pages = withNewest(now?.pages ?? [], newest);
      return { pages, pageParams: (now?.pageParams ?? [undefined]).slice(0, pages.length) };
    });
  };
  const [threads] = useState(
    () =>
      new ChatThreads({
        send: (input, signal) => utils.client.chat.send.mutate(input, { signal }),
        follow: (messageId, on) => {
          const subscription = utils.client.chat.resume.subscribe(
            { messageId },
            {
              onData: ({ data }) => on.event(data),
              onError: (error) => on.end(error),
              onComplete: () => on.end(undefined),
              onConnectionStateChange: (state) => {
                if (state.state === "connecting" && state.error) on.trouble();
              },
            },
          );
          return () => subscription.unsubscribe();
        },
        stop: (messageId) => utils.client.chat.stop.mutate({ messageId }),
        began: (_, isNew) => {
          if (isNew) void utils.chat.list.invalidate();
        },
        ended: (conversationId, balance) => {
          if (balance) utils.credits.balance.setData(undefined, balance);
          else void utils.credits.balance.invalidate();
          void utils.chat.list.invalidate();
          void utils.credits.history.invalidate();
          void readNewest(conversationId);
        },
      }),
  );

  return <Context value={threads}>{children}</Context>;
}

/** The conversations of this browser. */
export function useChatThreads(): ChatThreads {
  const threads = useContext(Context);
  if (!threads) throw new Error("useChatThreads needs ChatThreadsProvider above it");
  return threads;
}
