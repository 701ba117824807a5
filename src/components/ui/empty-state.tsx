import type { ReactNode } from "react";

/** What stands where nothing is yet: what this place is for, and a way to begin. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="max-w-[68ch] py-10">
      <h2 className="display text-2xl">{title}</h2>
      <div className="mt-3 text-ink-soft">{children}</div>
    </div>
  );
}
