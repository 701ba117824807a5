"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { TRPCReactProvider } from "@/trpc/react";
import { Toaster } from "./ui/toaster";
import { TooltipProvider } from "./ui/tooltip";

/** Everything the pages stand on: data, theme, tooltips, notices. */
export function Providers({ nonce, children }: { nonce?: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider attribute="data-theme" disableTransitionOnChange {...(nonce ? { nonce } : {})}>
      <TRPCReactProvider>
        <TooltipProvider delayDuration={300}>{children}</TooltipProvider>
      </TRPCReactProvider>
      <Toaster />
    </ThemeProvider>
  );
}
