"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Turn } from "../model/message-tree";

interface SiblingSwitcherProps {
  turn: Turn;
  /** What the siblings are: "question", "answer". */
  what: string;
  disabled: boolean;
  onChoose: (group: string, messageId: string) => void;
}

/** Leafs through other edits of a question, other answers to it. */
export function SiblingSwitcher({ turn, what, disabled, onChoose }: SiblingSwitcherProps) {
  const { message, siblings, group } = turn;
  if (siblings.length < 2) return null;
  const index = siblings.findIndex(({ id }) => id === message.id);
  const previous = siblings[index - 1];
  const next = siblings[index + 1];

  return (
    <span className="inline-flex items-center text-ink-soft text-sm">
      <Button
        variant="quiet"
        size="icon-sm"
        aria-label={`Earlier ${what}`}
        disabled={disabled || !previous}
        onClick={() => previous && onChoose(group, previous.id)}
      >
        <ChevronLeft aria-hidden />
      </Button>
      <span>
        <span className="sr-only">{what} </span>
        {index + 1}/{siblings.length}
      </span>
      <Button
        variant="quiet"
        size="icon-sm"
        aria-label={`Later ${what}`}
        disabled={disabled || !next}
        onClick={() => next && onChoose(group, next.id)}
      >
        <ChevronRight aria-hidden />
      </Button>
    </span>
  );
}
