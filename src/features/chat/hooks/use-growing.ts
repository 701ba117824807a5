"use client";

import { useSyncExternalStore } from "react";
import type { ChatMessage } from "@/shared/chat";
import { useChatThreads } from "./chat-threads-provider";

/** A message with all of its text there is by now. Whoever shows it is drawn again as it grows, and nobody else. */
export function useGrowing(threadKey: string, message: ChatMessage): ChatMessage {
  const threads = useChatThreads();
  const grown = () =>
    message.status === "streaming" ? (threads.thread(threadKey).messages.get(message.id) ?? message) : message;
  return useSyncExternalStore(threads.subscribe, grown, () => message);
}
