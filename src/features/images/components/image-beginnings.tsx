"use client";

import { ArrowUpRight } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import type { AspectRatio } from "@/shared/image";

const PROMPTS: readonly { prompt: string; shape: AspectRatio }[] = [
  { prompt: "A lighthouse keeper's kitchen at dusk, gouache, warm lamp, rain on the window", shape: "4:3" },
  { prompt: "Three persimmons on a folded linen cloth, ink wash, a great deal of empty paper", shape: "1:1" },
  { prompt: "Poster for a night train to the sea, flat shapes, two colours, coarse grain", shape: "2:3" },
];

/** What an empty library shows: three pictures worth asking for. */
export function ImageBeginnings({ onPick }: { onPick: (prompt: string, shape: AspectRatio) => void }) {
  return (
    <EmptyState title="Your library is empty">
      <p>Describe a picture above, or begin with one of these. Everything you make is kept here.</p>
      <ul className="mt-6 border-t text-ink">
        {PROMPTS.map(({ prompt, shape }) => (
          <li key={prompt} className="border-b">
            <button
              type="button"
              onClick={() => onPick(prompt, shape)}
              className="group flex w-full items-start gap-4 py-4 text-left"
            >
              <span className="w-9 shrink-0 text-ink-soft">{shape}</span>
              <span className="min-w-0 flex-1 group-hover:underline group-hover:underline-offset-4">{prompt}</span>
              <ArrowUpRight aria-hidden className="mt-1 size-4 shrink-0 text-action" />
            </button>
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
