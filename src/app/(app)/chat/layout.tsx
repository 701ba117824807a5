import type { ReactNode } from "react";
import { ConversationList } from "@/features/chat/components/conversation-list";

/** The list of conversations beside the one being read. `data-frame`: the page itself does not scroll, its panes do. */
export default function ChatLayout({ children }: { children: ReactNode }) {
  return (
    <div data-frame className="flex min-h-0 flex-1">
      <aside className="hidden w-72 shrink-0 border-r lg:flex">
        <ConversationList />
      </aside>
      {children}
    </div>
  );
}
