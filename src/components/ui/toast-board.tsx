"use client";

import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { takeNotices } from "../lib/notify";

/** At the bottom they would lie on the place where people write, send and stop. */
const BELOW_HEADER = { top: 64 };

/** Shows notices, those that came before it too. */
export function ToastBoard() {
  useEffect(() => takeNotices(({ text, action }) => toast(text, action ? { action } : {})), []);

  return (
    <Sonner
      position="top-center"
      gap={8}
      offset={BELOW_HEADER}
      mobileOffset={BELOW_HEADER}
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
