import type { ReactNode } from "react";
import { cn } from "./lib/cn";

interface SettingsSectionProps {
  /** For links that lead here. */
  id?: string;
  title: string;
  lead: ReactNode;
  /** Takes all the width there is, for tables. */
  wide?: boolean;
  children: ReactNode;
}

/** One concern of the settings: what it is on the left, what to do about it on the right. */
export function SettingsSection({ id, title, lead, wide, children }: SettingsSectionProps) {
  return (
    <section id={id} className="grid gap-x-10 gap-y-4 border-t py-8 md:grid-cols-[2fr_3fr]">
      <div>
        <h2 className="font-medium text-lg">{title}</h2>
        <p className="mt-1 text-ink-soft">{lead}</p>
      </div>
      <div className={cn("min-w-0", !wide && "max-w-md")}>{children}</div>
    </section>
  );
}
