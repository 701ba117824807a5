import { ConversationSkeleton } from "@/features/chat/components/conversation-skeleton";

export default function ChatLoading() {
  return (
    <div
      role="status"
      aria-label="Opening the conversation"
      className="mx-auto w-full max-w-[calc(68ch+8rem)] px-4 pt-20 sm:px-8 lg:pt-10"
    >
      <ConversationSkeleton />
    </div>
  );
}
