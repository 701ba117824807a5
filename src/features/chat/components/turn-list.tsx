"use client";

import { memo, type RefObject, useMemo } from "react";
import { useNear } from "../hooks/use-near";
import type { Turn } from "../model/message-tree";
import { isNear } from "../model/near";
import { sectionsOf } from "../model/sections";
import { type SaidAndDone, TurnSection } from "./turn-section";

interface TurnListProps extends SaidAndDone {
  turns: Turn[];
  pane: RefObject<HTMLElement | null>;
  list: RefObject<HTMLDivElement | null>;
}

/**
 * A conversation from top to bottom. Of a long one only what is near the window is drawn; the rest stands there as plain
 * text of about the same height, to be found, selected and read aloud.
 */
export const TurnList = memo(function TurnList({ turns, pane, list, ...props }: TurnListProps) {
  const sections = useMemo(() => sectionsOf(turns), [turns]);
  const ids = useMemo(() => sections.map(({ id }) => id), [sections]);
  const { near, heights } = useNear(pane, list, ids);

  return (
    <div ref={list}>
      {sections.map((section, index) => (
        <TurnSection
          key={section.id}
          section={section}
          isFirst={index === 0}
          isLast={index === sections.length - 1}
          isNear={isNear(near, index, sections.length)}
          height={heights.get(section.id)}
          {...props}
        />
      ))}
    </div>
  );
});
