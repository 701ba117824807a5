"use client";

import { usePathname } from "next/navigation";
import type { Me } from "@/shared/account";
import { type ConversationPage, useConversation } from "../hooks/use-conversation";
import { ConversationPane } from "./conversation-pane";

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

  return (
    <ConversationPane
      key={conversation.threadKey}
      me={me}
      conversationId={conversationId}
      conversation={conversation}
    />
  );
}
