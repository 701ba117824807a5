import type { ReactNode } from "react";
import { cn } from "../lib/cn";

interface NoticeProps {
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  role?: "alert" | "status" | "note";
  className?: string;
}

/** Something the reader should know: a heavy rule, what happened, what to do. */
export function Notice({ title, children, actions, role = "note", className }: NoticeProps) {
  return (
    <div role={role} className={cn("animate-rise border-ink border-l-2 py-1 pl-4", className)}>
      <p className="font-medium">{title}</p>
      {children && <div className="mt-1 text-ink-soft">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
