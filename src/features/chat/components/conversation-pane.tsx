"use client";

import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { cn } from "@/components/lib/cn";
import { toFailure } from "@/components/lib/failure";
import { credits } from "@/components/lib/format";
import { lazyAgain } from "@/components/lib/lazy-again";
import { useAfterHydration } from "@/components/lib/use-after-hydration";
import { useReach } from "@/components/lib/use-reach";
import { fetchMarkdown } from "@/components/markdown/markdown";
import { useMe } from "@/components/me";
import { OutOfCredits } from "@/components/out-of-credits";
import { Button } from "@/components/ui/button";
import type { Me } from "@/shared/account";
import type { ChatMessage, ChatTier } from "@/shared/chat";
import { trpc } from "@/trpc/react";
import { useBuyToSend } from "../hooks/use-buy-to-send";
import type { useConversation } from "../hooks/use-conversation";
import { useDraft } from "../hooks/use-draft";
import { useReadingPlace } from "../hooks/use-reading-place";
import { useSendMessage } from "../hooks/use-send-message";
import { useTier } from "../hooks/use-tier";
import type { Refusal } from "../model/chat-threads";
import { Beginnings } from "./beginnings";
import { Composer } from "./composer";
import { ConversationDrawer } from "./conversation-drawer";
import { ConversationSkeleton } from "./conversation-skeleton";
import { TierPicker } from "./tier-picker";

/** With the Markdown in it: a list that comes alive before its answers would draw them anew, as plain text. */
const TurnList = lazyAgain(
  () => Promise.all([import("./turn-list"), fetchMarkdown()]).then(([{ TurnList }]) => TurnList),
  ConversationSkeleton,
);

/** Fetches ahead what shows a conversation once it has begun. */
export const fetchTurnList = TurnList.fetch;

/** What is asked for the rest of an answer that was cut off. */
const GO_ON = "Please go on where you stopped.";

interface ConversationPaneProps {
  me: Me;
  conversationId: string | undefined;
  conversation: ReturnType<typeof useConversation>;
}

/** One conversation: its page, and below it the place to write. */
export function ConversationPane({ me: drawn, conversationId, conversation }: ConversationPaneProps) {
  const { threads, threadKey, thread, turns, query, title } = conversation;
  const utils = trpc.useUtils();
  const me = useMe(drawn);
  const { prices } = me;
  const balanceQuery = trpc.credits.balance.useQuery(undefined, { initialData: drawn.balance });
  const balance = useAfterHydration(drawn.balance, balanceQuery.data);
  const [tier, setTier] = useTier(me.limits.smart);
  const [draft, setDraft, addToDraft] = useDraft(conversationId);
  const input = useRef<HTMLTextAreaElement>(null);
  const costOf = useCallback((of: ChatTier) => prices.chat[of], [prices]);
  const { send, regenerate, edit, retry, stop, run, refused } = useSendMessage({
    threads,
    threadKey,
    thread,
    turns,
    conversationId,
    costOf,
  });
  const list = useRef<HTMLDivElement>(null);
  const { pane, content, atEnd, jump } = useReadingPlace(list);
  // Whoever reads back to the beginning of what is here goes on reading.
  const top = useReach(() => query.fetchNextPage(), !atEnd && query.hasNextPage && !query.isFetchingNextPage);

  const busy = run !== undefined;
  const cost = costOf(tier);
  const affordable = cost === undefined || balance.available >= cost;
  const empty = turns.length === 0;
  const loading = empty && conversationId !== undefined && query.isPending;
  const name = title ?? (thread.conversationId ? turns[0]?.message.content.slice(0, 60) : undefined);

  const say = (text: string) => {
    setDraft("");
    jump();
    void send(text.trim(), tier);
  };
  const onGoOn = useCallback(() => {
    jump();
    void send(GO_ON, tier);
  }, [jump, send, tier]);
  const onRegenerate = useCallback((answer: ChatMessage) => void regenerate(answer, tier), [regenerate, tier]);
  const onEdit = useCallback((question: ChatMessage, text: string) => void edit(question, text, tier), [edit, tier]);
  const onChoose = useCallback(
    (group: string, messageId: string) => threads.choose(threadKey, group, messageId),
    [threads, threadKey],
  );

  // What could not be sent goes back to where it was written, unless something else stands there by now.
  const returned = refused && !refused.question.regenerate && !refused.question.edit ? refused.question.content : "";
  const draftNow = useRef(draft);
  draftNow.current = draft;
  useEffect(() => {
    if (returned && draftNow.current === "") setDraft(returned);
  }, [returned, setDraft]);
  useEffect(() => {
    // The price is another one, or the model is not theirs any more.
    if (refused?.failure.code === "CONFLICT" || refused?.failure.code === "FORBIDDEN")
      void utils.account.me.invalidate();
    if (refused?.failure.code === "INSUFFICIENT_CREDITS") void utils.credits.balance.invalidate();
  }, [refused, utils]);

  useEffect(() => {
    if (!busy) return;
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) void stop();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [busy, stop]);

  const repeat = (refusal: Refusal) => {
    if (draft === refusal.question.content) setDraft("");
    jump();
    void retry(refusal);
  };
  const { sold, buyToSay, buyToRepeat } = useBuyToSend({
    conversationId,
    costOf,
    refused,
    sayDraft: () => {
      if (draft.trim() !== "") say(draft);
    },
    repeat,
  });
  const pick = (prompt: string) => {
    if (affordable) return say(prompt);
    setDraft(prompt);
    buyToSay(tier, prompt);
  };
  // A refusal for want of credits is over once there are enough of them again.
  const short = refused?.failure.code === "INSUFFICIENT_CREDITS" ? refused : undefined;
  const stillShort =
    short && (balanceQuery.isFetching || balance.available < (costOf(short.question.tier) ?? 0)) ? short : undefined;
  const outOfCredits = stillShort !== undefined || !affordable;
  const announcement = run ? (run.phase === "reconnecting" ? "Reconnecting." : "The answer is being written.") : "";

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {name && <title>{`${name} · Inkwell`}</title>}
      <ConversationDrawer title={name ?? "New chat"} />
      <section
        ref={pane}
        aria-label="Conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
        tabIndex={0}
        className={cn(
          "pane-scroll [overflow-anchor:none] focus-visible:-outline-offset-2 relative min-h-0 flex-1",
          !empty && "flex flex-col-reverse",
        )}
      >
        <div
          ref={content}
          className={
            empty && !loading
              ? "mx-auto flex min-h-full w-full max-w-3xl items-center px-4 py-6 sm:px-8 sm:py-10"
              : "mx-auto mb-auto w-full shrink-0 contain-content max-w-[calc(68ch+8rem)] px-4 pt-6 pb-10 sm:px-8 sm:pt-10"
          }
        >
          {loading && <ConversationSkeleton />}
          {query.isError && <FailureNotice failure={toFailure(query.error)} onRetry={() => query.refetch()} />}
          {empty && !loading && !query.isError && (
            <Beginnings onPick={pick} disabled={busy || (!affordable && !sold)} />
          )}
          {!empty && <h1 className="sr-only">{name}</h1>}
          {query.hasNextPage && (
            <div ref={top} className="mb-6">
              <Button
                variant="quiet"
                size="sm"
                disabled={query.isFetchingNextPage}
                onClick={() => query.fetchNextPage()}
              >
                {query.isFetchingNextPage ? "Looking further back…" : "Show earlier messages"}
              </Button>
            </div>
          )}
          {!empty && (
            <TurnList
              threadKey={threadKey}
              turns={turns}
              run={run}
              cost={cost}
              onEdit={onEdit}
              onRegenerate={onRegenerate}
              onGoOn={onGoOn}
              onChoose={onChoose}
              pane={pane}
              list={list}
            />
          )}
        </div>
      </section>
      <div className="relative mx-auto w-full max-w-[calc(68ch+8rem)] shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-8 sm:pb-6">
        {!atEnd && !empty && (
          <Button
            variant="outline"
            size="sm"
            className="-translate-x-1/2 absolute -top-12 left-1/2 animate-rise bg-paper-raised"
            onClick={jump}
          >
            <ArrowDown aria-hidden /> Jump to the latest
          </Button>
        )}
        {outOfCredits ? (
          <div className="mb-3">
            <OutOfCredits
              available={balance.available}
              cost={cost ?? 1}
              sold={sold}
              onBuy={() => (stillShort ? buyToRepeat(stillShort) : buyToSay(tier, draft))}
            >
              {draft ? "What you wrote is kept here." : `An answer takes ${credits(cost ?? 1)}.`}
              {stillShort && " Nothing was charged."}
            </OutOfCredits>
          </div>
        ) : (
          refused &&
          !short && (
            <FailureNotice
              className="mb-3"
              failure={refused.failure}
              consequence={returned ? "What you wrote is kept below." : undefined}
              onRetry={busy ? undefined : () => repeat(refused)}
            />
          )
        )}
        <Composer
          input={input}
          draft={draft}
          onDraft={setDraft}
          onEarlyDraft={addToDraft}
          onSend={() => say(draft)}
          onStop={() => void stop()}
          busy={busy}
          stopping={run?.stopping ?? false}
          cost={cost}
          affordable={affordable}
          onBuy={sold ? () => buyToSay(tier, draft) : undefined}
          tierPicker={
            <TierPicker
              tier={tier}
              onChange={setTier}
              smartAllowed={me.limits.smart}
              smartOn={me.features.smart}
              costOf={costOf}
            />
          }
        />
      </div>
      <p role="status" className="sr-only">
        {announcement}
      </p>
    </div>
  );
}
