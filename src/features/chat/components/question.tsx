"use client";

import { Pencil } from "lucide-react";
import { type KeyboardEvent, memo, useState } from "react";
import TextareaAutosize from "react-textarea-autosize";
import { cn } from "@/components/lib/cn";
import { credits } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { ChatMessage } from "@/shared/chat";
import { CHAT_CONTENT_MAX } from "@/shared/chat-limits";
import type { Turn } from "../model/message-tree";
import { SiblingSwitcher } from "./sibling-switcher";

/** Up to here a question is set as a heading; longer ones as text. */
const HEADING_LENGTH = 140;

interface QuestionProps {
  turn: Turn;
  busy: boolean;
  cost: number | undefined;
  editing: boolean;
  onEditing: (editing: boolean) => void;
  onEdit: (question: ChatMessage, content: string) => void;
  onChoose: (group: string, messageId: string) => void;
}

/** What the reader asked, set as the heading of its answer. */
export const Question = memo(function Question(props: QuestionProps) {
  const { turn, busy, cost, editing, onEditing, onEdit, onChoose } = props;
  const { message } = turn;
  const short = message.content.length <= HEADING_LENGTH && !message.content.includes("\n");

  if (editing) {
    return (
      <EditForm
        content={message.content}
        cost={cost}
        onCancel={() => onEditing(false)}
        onSend={(content) => {
          onEditing(false);
          onEdit(message, content);
        }}
      />
    );
  }

  return (
    <div className="group/question">
      <h2 className="sr-only">You asked</h2>
      <div
        className={cn(
          "wrap-anywhere max-w-[68ch] whitespace-pre-wrap",
          short ? "display text-xl sm:text-2xl" : "border-line-strong border-l-2 pl-4",
        )}
      >
        {message.content}
      </div>
      <div className="-ml-2 mt-1 flex min-h-8 items-center gap-1 sm:opacity-0 sm:transition-opacity sm:duration-150 sm:focus-within:opacity-100 sm:group-hover/question:opacity-100 sm:has-[[data-siblings]]:opacity-100">
        <CopyButton text={message.content} what="the question" />
        <Button
          variant="quiet"
          size="icon-sm"
          aria-label="Ask this differently"
          disabled={busy}
          onClick={() => onEditing(true)}
        >
          <Pencil aria-hidden />
        </Button>
        {turn.siblings.length > 1 && (
          <span data-siblings>
            <SiblingSwitcher turn={turn} what="question" disabled={busy} onChoose={onChoose} />
          </span>
        )}
      </div>
    </div>
  );
});

interface EditFormProps {
  content: string;
  cost: number | undefined;
  onSend: (content: string) => void;
  onCancel: () => void;
}

function EditForm({ content, cost, onSend, onCancel }: EditFormProps) {
  const [text, setText] = useState(content);
  const sendable = text.trim() !== "" && text.length <= CHAT_CONTENT_MAX;
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      return onCancel();
    }
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (sendable) onSend(text);
  };

  return (
    <div className="max-w-[72ch] rounded-md border border-line-strong bg-paper-raised focus-within:border-ink">
      <TextareaAutosize
        ref={(input) => {
          if (input && document.activeElement !== input) input.focus();
        }}
        value={text}
        aria-label="Ask this differently"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        maxRows={14}
        maxLength={CHAT_CONTENT_MAX}
        className="block w-full resize-none bg-transparent px-4 pt-3 pb-1 outline-none"
      />
      <div className="flex justify-end gap-2 p-2">
        <Button variant="quiet" size="sm" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="sm" disabled={!sendable} onClick={() => onSend(text)}>
          Ask this instead{cost !== undefined && <span className="font-normal">· {credits(cost)}</span>}
        </Button>
      </div>
    </div>
  );
}
