"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { NonceProvider } from "./nonce";

/** What every page stands on, strangers' pages too: theme and nonce. The studio adds its own. */
export function Providers({ nonce, children }: { nonce?: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider attribute="data-theme" disableTransitionOnChange {...(nonce ? { nonce } : {})}>
      <NonceProvider nonce={nonce}>{children}</NonceProvider>
    </ThemeProvider>
  );
}
