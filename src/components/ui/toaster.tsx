"use client";

import { Toaster as Sonner } from "sonner";

/** Where short notices appear, each with at most one thing to do about it. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      gap={8}
      offset={20}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center justify-between gap-4 rounded-md bg-ink px-4 py-2 text-paper text-sm min-h-12 font-sans",
          description: "opacity-80",
          actionButton: "min-h-8 shrink-0 px-2 font-medium underline underline-offset-4 target",
        },
      }}
    />
  );
}
