"use client";

import { Menu as MenuIcon, SquarePen } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogTrigger, DrawerContent } from "@/components/ui/dialog";
import { ConversationList } from "./conversation-list";

/** On narrow screens: the conversation's title, with the list a press away. */
export function ConversationDrawer({ title }: { title: string }) {
  const [open, setOpen] = useState(false);

  return (
    <div className="flex shrink-0 items-center gap-1 border-b px-1 lg:hidden">
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger asChild>
          <Button variant="quiet" size="icon" aria-label="Conversations">
            <MenuIcon aria-hidden />
          </Button>
        </DialogTrigger>
        <DrawerContent title="Conversations">
          <ConversationList onOpen={() => setOpen(false)} />
        </DrawerContent>
      </Dialog>
      <p className="min-w-0 flex-1 truncate text-ink-soft text-sm">{title}</p>
      <Button asChild variant="quiet" size="icon">
        <Link href="/chat" aria-label="New chat">
          <SquarePen aria-hidden />
        </Link>
      </Button>
    </div>
  );
}
