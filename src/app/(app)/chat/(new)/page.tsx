import type { Metadata } from "next";
import { ChatView } from "@/features/chat/components/chat-view";
import { requireUser } from "../../require-user";

export const metadata: Metadata = { title: "New chat" };

export default async function NewChatPage() {
  return <ChatView me={await requireUser("/chat")} />;
}
