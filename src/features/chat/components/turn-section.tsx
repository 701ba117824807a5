"use client";

import { type FocusEvent, memo, useState } from "react";
import { cn } from "@/components/lib/cn";
import type { ChatMessage } from "@/shared/chat";
import type { Phase } from "../model/chat-threads";
import { plainText, type Section } from "../model/sections";
import { Answer } from "./answer";
import { Question } from "./question";

/** What all sections are told: how the answer under way does, and what to do when something is pressed. */
export interface SaidAndDone {
  threadKey: string;
  /** The answer being written, and how that goes. */
  run: { answerId: string; phase: Phase } | undefined;
  cost: number | undefined;
  onEdit: (question: ChatMessage, content: string) => void;
  onRegenerate: (answer: ChatMessage) => void;
  onGoOn: () => void;
  onChoose: (group: string, messageId: string) => void;
}

interface TurnSectionProps extends SaidAndDone {
  section: Section;
  isFirst: boolean;
  isLast: boolean;
  isNear: boolean;
  /** As it was drawn last, if it ever was. */
  height: number | undefined;
}

/** A question and its answer; far from the window their words alone. */
export const TurnSection = memo(function TurnSection(props: TurnSectionProps) {
  const { threadKey, section, isFirst, isLast, isNear, height, run, cost } = props;
  const { onEdit, onRegenerate, onGoOn, onChoose } = props;
  const [editing, setEditing] = useState(false);
  const [focused, setFocused] = useState(false);

  // What is being written in, or will be gone on from with the keyboard, stays.
  if (!isNear && !editing && !focused) {
    return (
      <div className="whitespace-pre-wrap contain-strict" style={{ height: height ?? section.guess }}>
        {plainText(section.turns)}
      </div>
    );
  }

  const onBlur = (event: FocusEvent) => setFocused(event.currentTarget.contains(event.relatedTarget));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only learns of the focus within.
    <div className="flow-root" onFocus={() => setFocused(true)} onBlur={onBlur}>
      {section.turns.map((turn) =>
        turn.message.role === "user" ? (
          <div key={turn.message.id} className={cn(!isFirst && "mt-8 border-t pt-8")}>
            <Question
              turn={turn}
              busy={run !== undefined}
              cost={cost}
              editing={editing}
              onEditing={setEditing}
              onEdit={onEdit}
              onChoose={onChoose}
            />
          </div>
        ) : (
          <Answer
            key={turn.message.id}
            threadKey={threadKey}
            turn={turn}
            phase={run?.answerId === turn.message.id ? run.phase : undefined}
            busy={run !== undefined}
            cost={cost}
            onRegenerate={onRegenerate}
            onGoOn={isLast ? onGoOn : undefined}
            onChoose={onChoose}
          />
        ),
      )}
    </div>
  );
});
