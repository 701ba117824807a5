"use client";

import { ArrowUpRight } from "lucide-react";

const PROMPTS = [
  {
    title: "Explain it twice",
    prompt:
      "Explain how HTTPS keeps a password secret: first to a ten-year-old, then to a programmer. Use a small table to compare the two.",
  },
  {
    title: "Untangle some code",
    prompt: "Write a TypeScript function that groups dates by week, and show me three edge cases it has to survive.",
  },
  {
    title: "Say it better",
    prompt:
      "Rewrite this so that it is kind and firm: “We got your request, but we can't do it by Friday, and honestly the brief keeps changing.”",
  },
] as const;

/** What a new conversation shows: three ways to begin, each one press away. */
export function Beginnings({ onPick, disabled }: { onPick: (prompt: string) => void; disabled: boolean }) {
  return (
    <div className="w-full animate-rise">
      <h1 className="display text-3xl sm:text-5xl">What would you like to know?</h1>
      <p className="mt-2 text-ink-soft sm:mt-3 sm:text-lg">Begin with your own question, or with one of these.</p>
      <ul className="mt-5 border-t sm:mt-8">
        {PROMPTS.map(({ title, prompt }) => (
          <li key={title} className="border-b">
            <button
              type="button"
              disabled={disabled}
              onClick={() => onPick(prompt)}
              className="group flex w-full items-start gap-4 py-3 text-left sm:py-4 disabled:opacity-50"
            >
              <span className="min-w-0 flex-1">
                <span className="font-medium group-hover:underline group-hover:underline-offset-4">{title}</span>
                <span className="mt-1 block text-ink-soft">{prompt}</span>
              </span>
              <ArrowUpRight aria-hidden className="mt-1 size-4 shrink-0 text-action" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
