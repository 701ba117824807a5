"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { whenIdle } from "@/components/lib/when-idle";
import type { Me } from "@/shared/account";
import { type ConversationPage, useConversation } from "../hooks/use-conversation";
import { ConversationPane, fetchTurnList } from "./conversation-pane";

/** The conversation an address names; none at /chat itself. */
function conversationIn(pathname: string): string | undefined {
  return /^\/chat\/([^/]+)/.exec(pathname)?.[1];
}

interface ChatViewProps {
  me: Me;
  initial?: ConversationPage;
}

/**
 * The conversation that the address names. It is read from the address, not given by the page, because a conversation
 * that begins here gets its address without a change of page.
 */
export function ChatView({ me, initial }: ChatViewProps) {
  const conversationId = conversationIn(usePathname());
  const fits = initial?.conversation.id === conversationId ? initial : undefined;
  const conversation = useConversation(conversationId, fits);
  const { threads, thread } = conversation;

  // What the first answer will need.
  useEffect(() => whenIdle(() => void fetchTurnList().catch(() => undefined)), []);

  useEffect(() => {
    if (conversationId === undefined) threads.openNew();
  }, [threads, conversationId]);

  // A conversation that has just begun gets its address; the page stays as it is.
  const begun = conversationId === undefined && thread.conversationId !== undefined;
  useEffect(() => {
    if (!begun) return;
    const begunAs = threads.thread(threads.keyOf(undefined)).conversationId;
    if (begunAs) window.history.replaceState(null, "", `/chat/${begunAs}`);
  }, [threads, begun]);

  return (
    <ConversationPane
      key={conversation.threadKey}
      me={me}
      conversationId={conversationId}
      conversation={conversation}
    />
  );
}
