"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import { trpc } from "@/trpc/react";
import { ChatThreads } from "../model/chat-threads";

const Context = createContext<ChatThreads | undefined>(undefined);

/** Holds the conversations of this browser, above the pages, so that answers go on while the reader is elsewhere. */
export function ChatThreadsProvider({ children }: { children: ReactNode }) {
  const utils = trpc.useUtils();
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
          void utils.chat.get.invalidate({ conversationId });
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
