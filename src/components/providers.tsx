"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { TRPCReactProvider } from "@/trpc/react";
import { NonceProvider } from "./nonce";
import { Toaster } from "./ui/toaster";
import { TooltipProvider } from "./ui/tooltip";

/** Everything the pages stand on: data, theme, nonce, tooltips, notices. */
export function Providers({ nonce, children }: { nonce?: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider attribute="data-theme" disableTransitionOnChange {...(nonce ? { nonce } : {})}>
      <NonceProvider nonce={nonce}>
        <TRPCReactProvider>
          <TooltipProvider delayDuration={300}>{children}</TooltipProvider>
        </TRPCReactProvider>
      </NonceProvider>
      <Toaster />
    </ThemeProvider>
  );
}
