"use client";

import { type ReactElement, useState } from "react";
import { Dialog, DialogTrigger, DrawerContent } from "@/components/ui/dialog";
import { ConversationList } from "./conversation-list";

/** The list of conversations as it slides in, open. */
export function DrawerOfConversations({ button }: { button: ReactElement }) {
  const [open, setOpen] = useState(true);

  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{button}</DialogTrigger>
      <DrawerContent title="Conversations">
        <ConversationList onOpen={() => setOpen(false)} />
      </DrawerContent>
    </Dialog>
  );
}
