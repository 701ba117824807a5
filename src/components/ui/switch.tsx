import { Switch as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "../lib/cn";

/** Something that is on or off, at once to be seen. Whoever uses it gives it a label. */
export function Switch({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        "target inline-flex h-6 w-11 shrink-0 items-center rounded-full border border-line-strong bg-paper-sunk px-0.5 transition-colors duration-150 disabled:opacity-50 data-[state=checked]:border-ink data-[state=checked]:bg-ink",
        className,
      )}
      {...props}
    >
      <Radix.Thumb className="block size-4.5 rounded-full bg-ink-soft transition-transform duration-150 data-[state=checked]:translate-x-5 data-[state=checked]:bg-paper" />
    </Radix.Root>
  );
}
