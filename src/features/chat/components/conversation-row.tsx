"use client";

import { Ellipsis } from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { type SubmitEvent, useState } from "react";
import { cn } from "@/components/lib/cn";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Opener } from "@/components/ui/opener";
import type { Conversation } from "@/shared/chat";

interface ConversationRowProps {
  conversation: Conversation;
  current: boolean;
  /** Called when the one that is open already is chosen; any other brings a page of its own. */
  onOpen?: (() => void) | undefined;
  onRename: (conversation: Conversation, title: string) => void;
  onRemove: (conversation: Conversation) => void;
}

const loadMenu = () => import("./conversation-menu").then(({ ConversationMenu }) => ConversationMenu);

/** One conversation in the list; its name is changed where it stands. */
export function ConversationRow({ conversation, current, onOpen, onRename, onRemove }: ConversationRowProps) {
  const [renaming, setRenaming] = useState(false);

  if (renaming) {
    return (
      <li>
        <RenameForm
          title={conversation.title}
          onDone={(title) => {
            setRenaming(false);
            if (title) onRename(conversation, title);
          }}
        />
      </li>
    );
  }

  return (
    <li className="group relative">
      <Link
        href={`/chat/${conversation.id}`}
        aria-current={current ? "page" : undefined}
        onClick={current ? onOpen : undefined}
        className="flex min-h-11 items-center rounded-md py-1.5 pr-11 pl-3 text-base text-ink-soft hover:bg-paper-sunk hover:text-ink aria-[current=page]:bg-paper-sunk aria-[current=page]:text-ink lg:min-h-9"
      >
        <span className="truncate">{conversation.title}</span>
        <OpeningMark />
      </Link>
      <Opener
        kind="menu"
        load={loadMenu}
        inside={{ renaming, onRename: () => setRenaming(true), onRemove: () => onRemove(conversation) }}
      >
        <Button
          variant="quiet"
          size="icon-sm"
          aria-label={`More about “${conversation.title}”`}
          className="-translate-y-1/2 absolute top-1/2 right-1 lg:opacity-0 lg:focus-visible:opacity-100 lg:group-focus-within:opacity-100 lg:group-hover:opacity-100 lg:data-[state=open]:opacity-100"
        >
          <Ellipsis aria-hidden />
        </Button>
      </Opener>
    </li>
  );
}

/** Breathes in its row while the conversation is on its way, unless it is there in no time. */
function OpeningMark() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden
      className={cn(
        "ml-2 size-1.5 shrink-0 rounded-full bg-current opacity-0",
        pending && "animate-breathe [animation-delay:150ms]",
      )}
    />
  );
}

/** Calls back with the new title, or with nothing when it was left as it was. */
function RenameForm({ title, onDone }: { title: string; onDone: (title: string | undefined) => void }) {
  const [value, setValue] = useState(title);
  const changed = value.trim() !== "" && value.trim() !== title ? value.trim() : undefined;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onDone(changed);
  };

  return (
    <form onSubmit={submit}>
      <Input
        ref={(input) => {
          if (input && document.activeElement !== input) setTimeout(() => input.select());
        }}
        value={value}
        maxLength={120}
        aria-label="Name of the conversation"
        className="h-9 px-2.5"
        onChange={(event) => setValue(event.target.value)}
        onBlur={() => onDone(changed)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onDone(undefined);
        }}
      />
    </form>
  );
}
