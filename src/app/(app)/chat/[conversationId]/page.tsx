import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ChatView } from "@/features/chat/components/chat-view";
import { getConversationInput } from "@/shared/chat";
import { api } from "@/trpc/server";
import { isNotFound } from "../../is-not-found";
import { requireUser } from "../../require-user";

interface ConversationPageProps {
  params: Promise<{ conversationId: string }>;
}

/** The newest page of a conversation, read once for the page and its title. */
const loadConversation = cache(async (conversationId: string) => {
  await requireUser(`/chat/${conversationId}`);
  const input = getConversationInput.safeParse({ conversationId });
  if (!input.success) notFound();
  try {
    return await (await api()).chat.get(input.data);
  } catch (error) {
    if (isNotFound(error)) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: ConversationPageProps): Promise<Metadata> {
  const { conversation } = await loadConversation((await params).conversationId);
  return { title: conversation.title };
}

export default async function ConversationPage({ params }: ConversationPageProps) {
  const { conversationId } = await params;
  const me = await requireUser(`/chat/${conversationId}`);
  return <ChatView me={me} initial={await loadConversation(conversationId)} />;
}
