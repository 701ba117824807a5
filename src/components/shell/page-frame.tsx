import type { ReactNode } from "react";
import { cn } from "../lib/cn";

interface PageFrameProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** How wide it may get. */
  className?: string;
  children: ReactNode;
}

/** A scrolling page with a heading. */
export function PageFrame({ title, lead, actions, className = "max-w-6xl", children }: PageFrameProps) {
  return (
    <div className={cn("mx-auto w-full px-4 pt-8 pb-20 sm:px-8 sm:pt-12", className)}>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="display text-4xl">{title}</h1>
          {lead && <p className="mt-2 max-w-[60ch] text-ink-soft">{lead}</p>}
        </div>
        {actions}
      </div>
      <div className="mt-8 sm:mt-10">{children}</div>
    </div>
  );
}
