"use client";

import { RefreshCw } from "lucide-react";
import { memo } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { credits } from "@/components/lib/format";
import { Markdown } from "@/components/markdown/markdown";
import { useIsOperator } from "@/components/me";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { RequestMark } from "@/components/ui/request-id";
import { Spinner } from "@/components/ui/spinner";
import { Tooltip } from "@/components/ui/tooltip";
import type { ChatMessage } from "@/shared/chat";
import { useGrowing } from "../hooks/use-growing";
import type { Phase } from "../model/chat-threads";
import { failureOfMessage } from "../model/failure-of-message";
import type { Turn } from "../model/message-tree";
import { receiptOf } from "../model/receipt";
import { SiblingSwitcher } from "./sibling-switcher";

interface AnswerProps {
  threadKey: string;
  turn: Turn;
  /** How it is going, for the answer being written. */
  phase: Phase | undefined;
  busy: boolean;
  cost: number | undefined;
  onRegenerate: (answer: ChatMessage) => void;
  /** Asks for the rest of an answer that was cut off; absent while something was said after it. */
  onGoOn: (() => void) | undefined;
  onChoose: (group: string, messageId: string) => void;
}

const WAITING: Record<Phase, string> = {
  sending: "Sending…",
  writing: "Thinking…",
  reconnecting: "Reconnecting… the answer is being written meanwhile.",
};

/** An answer set like a page, with its receipt. */
export const Answer = memo(function Answer(props: AnswerProps) {
  const { threadKey, turn, phase, busy, cost, onRegenerate, onGoOn, onChoose } = props;
  const message = useGrowing(threadKey, turn.message);
  const writing = message.status === "streaming";
  const failed = message.status === "failed" || message.status === "interrupted";
  const failure = failed ? failureOfMessage(message) : undefined;

  return (
    <article aria-busy={writing} className="mt-4">
      <h3 className="sr-only">The answer</h3>
      {message.content !== "" && (
        <Markdown text={message.content} growing={writing} brokenOff={!writing && message.status !== "complete"} />
      )}
      {writing && (phase === "reconnecting" || message.content === "") && (
        <p className="mt-4 flex items-center gap-3 text-ink-soft first:mt-0">
          <Spinner /> {WAITING[phase ?? "writing"]}
        </p>
      )}
      {failure && (
        <FailureNotice
          className="mt-4"
          failure={failure}
          title={message.status === "interrupted" ? "The answer broke off" : undefined}
          consequence={message.status === "interrupted" ? "What had arrived is kept." : undefined}
          retryLabel={cost === undefined ? "Try again" : `Try again · ${credits(cost)}`}
          onRetry={busy ? undefined : () => onRegenerate(message)}
          actions={
            message.status === "interrupted" &&
            onGoOn &&
            !busy && (
              <Button variant="outline" size="sm" onClick={onGoOn}>
                Go on from here{cost !== undefined && ` · ${credits(cost)}`}
              </Button>
            )
          }
        />
      )}
      {!writing && message.status !== "failed" && (
        <Receipt turn={turn} busy={busy} cost={cost} onRegenerate={() => onRegenerate(message)} onChoose={onChoose} />
      )}
    </article>
  );
});

interface ReceiptProps {
  turn: Turn;
  busy: boolean;
  cost: number | undefined;
  onRegenerate: () => void;
  onChoose: (group: string, messageId: string) => void;
}

/** What the answer cost and who gave it; what can be done with it. */
function Receipt({ turn, busy, cost, onRegenerate, onChoose }: ReceiptProps) {
  const { message } = turn;
  const isOperator = useIsOperator();
  const again = cost === undefined ? "Ask again" : `Ask again · ${credits(cost)}`;

  return (
    <footer className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft text-sm">
      <Tooltip text={<span className="font-mono">Request {message.requestId}</span>}>
        <p>{receiptOf(message).join(" · ")}</p>
      </Tooltip>
      <div className="-ml-2 flex items-center gap-1 sm:ml-auto">
        <SiblingSwitcher turn={turn} what="answer" disabled={busy} onChoose={onChoose} />
        <CopyButton text={message.content} what="the answer" />
        {isOperator && <RequestMark id={message.requestId} />}
        <Button variant="quiet" size="sm" disabled={busy} onClick={onRegenerate}>
          <RefreshCw aria-hidden /> {again}
        </Button>
      </div>
    </footer>
  );
}
