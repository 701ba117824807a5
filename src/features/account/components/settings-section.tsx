import type { ReactNode } from "react";

/** One concern of the settings: what it is on the left, what to do about it on the right. */
export function SettingsSection({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-10 gap-y-4 border-t py-8 md:grid-cols-[2fr_3fr]">
      <div>
        <h2 className="font-medium text-lg">{title}</h2>
        <p className="mt-1 text-ink-soft">{lead}</p>
      </div>
      <div className="max-w-md">{children}</div>
    </section>
  );
}
