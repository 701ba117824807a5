"use client";

import { useCallback } from "react";
import type { ChatMessage, ChatTier } from "@/shared/chat";
import type { ChatThread, ChatThreads, Refusal } from "../model/chat-threads";
import type { Turn } from "../model/message-tree";

interface SendMessageOptions {
  threads: ChatThreads;
  threadKey: string;
  thread: ChatThread;
  turns: Turn[];
  conversationId: string | undefined;
  costOf: (tier: ChatTier) => number | undefined;
}

/** Everything that can be said in a conversation. How the answer travels is nobody else's business. */
export function useSendMessage({ threads, threadKey, thread, turns, conversationId, costOf }: SendMessageOptions) {
  const leaf = turns.at(-1)?.message;

  const send = useCallback(
    (content: string, tier: ChatTier) =>
      threads.send(threadKey, conversationId, { content, tier, expectedCost: costOf(tier), parent: leaf }),
    [threads, threadKey, conversationId, costOf, leaf],
  );

  const regenerate = useCallback(
    (answer: ChatMessage, tier: ChatTier) => {
      const question = turns.find(({ message }) => message.id === answer.parentId)?.message;
      if (!question) return;
      return threads.send(threadKey, conversationId, {
        content: question.content,
        tier,
        expectedCost: costOf(tier),
        regenerate: answer,
      });
    },
    [threads, threadKey, conversationId, costOf, turns],
  );

  const edit = useCallback(
    (question: ChatMessage, content: string, tier: ChatTier) =>
      threads.send(threadKey, conversationId, { content, tier, expectedCost: costOf(tier), edit: question }),
    [threads, threadKey, conversationId, costOf],
  );

  /** Sends again what was refused, at the price that holds now. */
  const retry = useCallback(
    ({ question }: Refusal) =>
      threads.send(threadKey, conversationId, { ...question, expectedCost: costOf(question.tier) }),
    [threads, threadKey, conversationId, costOf],
  );

  const stop = useCallback(() => threads.stop(threadKey), [threads, threadKey]);

  return { send, regenerate, edit, retry, stop, run: thread.run, refused: thread.refused };
}
