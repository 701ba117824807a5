import type { ComponentProps } from "react";
import { cn } from "../lib/cn";

/** A line to write on. */
export function Input({ className, ...props }: ComponentProps<"input">) {
  return (
    <input
      className={cn(
        "h-11 w-full min-w-0 rounded-md border border-line-strong bg-paper-raised px-3 text-base text-ink transition-colors duration-150 hover:border-ink-soft disabled:opacity-50 aria-invalid:border-ink aria-invalid:border-2",
        className,
      )}
      {...props}
    />
  );
}
