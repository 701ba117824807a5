"use client";

import { ArrowUp, Square } from "lucide-react";
import { type ReactNode, type RefObject, type SubmitEvent, useEffect } from "react";
import TextareaAutosize from "react-textarea-autosize";
import { credits } from "@/components/lib/format";
import { onEnter, onFirstClick } from "@/components/lib/press-once";
import { useEarlyWriting } from "@/components/lib/use-early-writing";
import { Button } from "@/components/ui/button";
import { CHAT_CONTENT_MAX } from "@/shared/chat-limits";

const COUNT_FROM = CHAT_CONTENT_MAX - 800;

interface ComposerProps {
  draft: string;
  onDraft: (text: string) => void;
  /** Given what was written before the page came alive. */
  onEarlyDraft: (text: string) => void;
  onSend: () => void;
  onStop: () => void;
  busy: boolean;
  stopping: boolean;
  cost: number | undefined;
  affordable: boolean;
  /** Buys what is missing, then sends; absent where credits are not sold. */
  onBuy: (() => void) | undefined;
  tierPicker: ReactNode;
  input: RefObject<HTMLTextAreaElement | null>;
}

/** Where a question is written. Enter sends, Shift and Enter begins a line; the price stands on the button. */
export function Composer(props: ComposerProps) {
  const { draft, onDraft, onEarlyDraft, onSend, onStop, busy, stopping, cost, affordable, onBuy, tierPicker, input } =
    props;
  const left = CHAT_CONTENT_MAX - draft.length;
  const act = affordable ? onSend : onBuy;
  const sendable = !busy && act !== undefined && draft.trim() !== "" && left >= 0;

  useEarlyWriting(input, onEarlyDraft);
  useEffect(() => {
    if (window.matchMedia("(pointer: fine)").matches) input.current?.focus();
  }, [input]);

  const send = () => {
    if (sendable) act();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    send();
  };

  return (
    <form
      onSubmit={submit}
      className="rounded-md border border-line-strong bg-paper-raised transition-colors duration-150 focus-within:border-ink"
    >
      <label htmlFor="composer" className="sr-only">
        Your message
      </label>
      <TextareaAutosize
        id="composer"
        ref={input}
        value={draft}
        onChange={(event) => onDraft(event.target.value)}
        onKeyDown={onEnter(send)}
        // As many as there will be once it is alive, so that nothing moves then.
        rows={1}
        minRows={1}
        maxRows={10}
        enterKeyHint="send"
        placeholder="Ask anything"
        aria-describedby={left <= COUNT_FROM ? "composer-count" : undefined}
        className="block w-full resize-none bg-transparent px-4 pt-3 pb-1 text-base outline-none sm:text-[1.0625rem]"
      />
      <div className="flex items-center gap-2 p-2">
        {tierPicker}
        <span
          id="composer-count"
          aria-live="polite"
          className={left < 0 ? "font-medium text-sm" : "text-ink-soft text-sm"}
        >
          {draft.length >= COUNT_FROM && (left < 0 ? `${-left} too many` : `${left.toLocaleString("en")} left`)}
        </span>
        <span className="ml-auto" />
        {busy ? (
          <Button variant="outline" size="sm" className="h-10" onClick={onFirstClick(onStop)} disabled={stopping}>
            <Square aria-hidden className="size-3! fill-current" /> {stopping ? "Stopping…" : "Stop"}
          </Button>
        ) : (
          <Button type="submit" size="sm" className="h-10" aria-disabled={!sendable} onClick={onFirstClick()}>
            {affordable || !onBuy ? (
              <>
                Send{cost !== undefined && <span className="font-normal">· {credits(cost)}</span>}
                <ArrowUp aria-hidden />
              </>
            ) : (
              "Buy credits to send"
            )}
          </Button>
        )}
      </div>
    </form>
  );
}
