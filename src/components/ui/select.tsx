"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "../lib/cn";

interface SelectProps<T extends string> extends Omit<ComponentProps<"select">, "value" | "onChange" | "children"> {
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of many choices, in the browser's own list. */
export function Select<T extends string>({ value, choices, onChange, className, ...props }: SelectProps<T>) {
  const choose = (next: string) => {
    const choice = choices.find((candidate) => candidate.value === next);
    if (choice) onChange(choice.value);
  };

  return (
    <span className={cn("relative inline-flex", className)}>
      <select
        {...props}
        value={value}
        onChange={(event) => choose(event.target.value)}
        className="h-11 w-full min-w-0 appearance-none rounded-md border border-line-strong bg-paper-raised pr-9 pl-3 text-base text-ink transition-colors duration-150 hover:border-ink-soft disabled:opacity-50 aria-invalid:border-2 aria-invalid:border-ink"
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-3.5 right-3 size-4 text-ink-soft" />
    </span>
  );
}
