"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CLOSED_SANDBOX_COOKIE } from "../closed-sandbox";

interface SandboxBannerProps {
  /** What the sandbox plays, without a full stop. */
  sentence: string;
  initiallyClosed: boolean;
}

/** Says which parts of this server are played by the sandbox. Closed, it stays closed for the session. */
export function SandboxBanner({ sentence, initiallyClosed }: SandboxBannerProps) {
  const [closed, setClosed] = useState(initiallyClosed);
  if (closed) return null;

  const close = () => {
    setClosed(true);
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store.
    document.cookie = `${CLOSED_SANDBOX_COOKIE}=1; path=/; samesite=lax`;
  };

  return (
    <aside
      aria-label="Sandbox"
      className="flex shrink-0 items-center justify-center gap-2 border-b bg-paper-sunk pr-2 pl-4 text-ink-soft text-sm print:hidden"
    >
      <p className="py-2">
        <span className="font-medium text-ink">Sandbox:</span> {sentence}.
        <span className="hidden sm:inline"> Add keys to go live.</span>
      </p>
      <Button variant="quiet" size="icon-sm" aria-label="Hide this for now" onClick={close}>
        <X aria-hidden />
      </Button>
    </aside>
  );
}
