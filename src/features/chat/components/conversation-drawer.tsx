"use client";

import { Menu as MenuIcon, SquarePen } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Opener } from "@/components/ui/opener";

const load = () => import("./drawer-of-conversations").then(({ DrawerOfConversations }) => DrawerOfConversations);
const nothing = {};

/** On narrow screens: the conversation's title, with the list a press away. */
export function ConversationDrawer({ title }: { title: string }) {
  return (
    <div className="flex shrink-0 items-center gap-1 border-b px-1 lg:hidden">
      <Opener kind="dialog" load={load} inside={nothing}>
        <Button variant="quiet" size="icon" aria-label="Conversations">
          <MenuIcon aria-hidden />
        </Button>
      </Opener>
      <p className="min-w-0 flex-1 truncate text-ink-soft text-sm">{title}</p>
      <Button asChild variant="quiet" size="icon">
        <Link href="/chat" aria-label="New chat">
          <SquarePen aria-hidden />
        </Link>
      </Button>
    </div>
  );
}
