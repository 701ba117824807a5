"use client";

import { RadioGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../lib/cn";

export interface Choice<T extends string> {
  value: T;
  label: ReactNode;
  /** Spoken instead of the label. */
  name?: string;
  disabled?: boolean;
}

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
  className?: string;
}

/** A few choices side by side, of which one holds. */
export function Segmented<T extends string>({ label, value, choices, onChange, className }: SegmentedProps<T>) {
  const choose = (next: string) => {
    const choice = choices.find((candidate) => candidate.value === next);
    if (choice) onChange(choice.value);
  };

  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={choose}
      orientation="horizontal"
      className={cn("inline-flex flex-wrap gap-x-1", className)}
    >
      {choices.map((choice) => (
        <RadioGroup.Item
          key={choice.value}
          value={choice.value}
          disabled={choice.disabled}
          {...(choice.name ? { "aria-label": choice.name } : {})}
          className="target inline-flex h-9 items-center gap-2 rounded-md px-3 text-ink-soft text-sm transition-colors duration-150 hover:text-ink disabled:opacity-50 data-[state=checked]:bg-paper-sunk data-[state=checked]:font-medium data-[state=checked]:text-ink [&_svg]:size-4"
        >
          {choice.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
