"use client";

import { X } from "lucide-react";
import { useStored } from "@/components/lib/use-stored";
import { Button } from "@/components/ui/button";
import { trpc } from "@/trpc/react";
import { sandboxInWords } from "../sandbox-words";

/** Says which parts of this server are played by the sandbox. Closed, it stays closed for the session. */
export function SandboxBanner() {
  const { data } = trpc.status.mode.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  const [closed, close] = useStored("session", "inkwell:sandbox-banner");
  if (!data || closed) return null;

  const sentence = sandboxInWords(data.sandbox);
  if (sentence === undefined) return null;

  return (
    <aside
      aria-label="Sandbox"
      className="flex shrink-0 items-center justify-center gap-2 border-b bg-paper-sunk pr-2 pl-4 text-ink-soft text-sm print:hidden"
    >
      <p className="py-2">
        <span className="font-medium text-ink">Sandbox:</span> {sentence}.
        <span className="hidden sm:inline"> Add keys to go live.</span>
      </p>
      <Button variant="quiet" size="icon-sm" aria-label="Hide this for now" onClick={() => close("closed")}>
        <X aria-hidden />
      </Button>
    </aside>
  );
}
