"use client";

import { memo, type ReactNode, type RefObject, useMemo, useState } from "react";
import { useNear } from "../hooks/use-near";
import type { Turn } from "../model/message-tree";
import { isAnyNear, isNear } from "../model/near";
import { groupsOf, sectionsOf } from "../model/sections";
import { type SaidAndDone, TurnSection } from "./turn-section";

interface TurnListProps extends SaidAndDone {
  turns: Turn[];
  pane: RefObject<HTMLElement | null>;
  list: RefObject<HTMLDivElement | null>;
}

/**
 * A conversation from top to bottom. Of a long one only what is near the window is drawn; the rest stands there as plain
 * text of about the same height, to be found, selected and read aloud. The browser has a box for each group of that, so
 * that it has few to place while an answer grows.
 */
export const TurnList = memo(function TurnList({ turns, pane, list, ...props }: TurnListProps) {
  const sections = useMemo(() => sectionsOf(turns), [turns]);
  const ids = useMemo(() => sections.map(({ id }) => id), [sections]);
  const { near, heights } = useNear(pane, list, ids);
  const [anchor] = useState(ids[0]);
  const groups = useMemo(() => groupsOf(sections, anchor), [sections, anchor]);

  return (
    <div ref={list}>
      {groups.map(({ number, from, sections: inside }) => (
        <TurnGroup
          key={number}
          isNear={isAnyNear(near, from, inside.length, sections.length)}
          height={inside.reduce((sum, { id, guess }) => sum + (heights.get(id) ?? guess), 0)}
        >
          {inside.map((section, index) => (
            <TurnSection
              key={section.id}
              section={section}
              isFirst={from + index === 0}
              isLast={from + index === sections.length - 1}
              isNear={isNear(near, from + index, sections.length)}
              height={heights.get(section.id)}
              {...props}
            />
          ))}
        </TurnGroup>
      ))}
    </div>
  );
});

interface TurnGroupProps {
  isNear: boolean;
  /** Of all that is in it, as long as none of it is drawn. */
  height: number;
  children: ReactNode;
}

function TurnGroup({ isNear, height, children }: TurnGroupProps) {
  if (isNear) return <div>{children}</div>;
  return (
    <div className="[content-visibility:auto]" style={{ containIntrinsicBlockSize: `${height}px` }}>
      {children}
    </div>
  );
}
