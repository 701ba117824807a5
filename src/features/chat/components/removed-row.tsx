"use client";

import { Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Conversation } from "@/shared/chat";

interface RemovedRowProps {
  conversation: Conversation;
  onRestore: (conversation: Conversation) => void;
}

/** A conversation in the trash, and the way back. */
export function RemovedRow({ conversation, onRestore }: RemovedRowProps) {
  return (
    <li className="flex min-h-11 items-center gap-2 pl-3 text-ink-soft">
      <span className="min-w-0 flex-1 truncate">{conversation.title}</span>
      <Button
        variant="quiet"
        size="icon-sm"
        aria-label={`Restore “${conversation.title}”`}
        onClick={() => onRestore(conversation)}
      >
        <Undo2 aria-hidden />
      </Button>
    </li>
  );
}
