import type { ReactNode } from "react";
import { ConversationAside } from "@/features/chat/components/conversation-aside";

/** The list of conversations beside the one being read. `data-frame`: the page itself does not scroll, its panes do. */
export default function ChatLayout({ children }: { children: ReactNode }) {
  return (
    <div data-frame className="flex min-h-0 flex-1">
      <ConversationAside />
      {children}
    </div>
  );
}
