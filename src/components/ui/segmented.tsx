"use client";

import { type ReactNode, useId } from "react";
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

/** A few choices side by side, of which one holds: the browser's own radio buttons, drawn as words. */
export function Segmented<T extends string>({ label, value, choices, onChange, className }: SegmentedProps<T>) {
  const group = useId();

  return (
    <div role="radiogroup" aria-label={label} className={cn("inline-flex flex-wrap gap-x-1", className)}>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="target inline-flex h-9 items-center gap-2 rounded-md px-3 text-ink-soft text-sm transition-colors duration-150 hover:text-ink has-checked:bg-paper-sunk has-checked:font-medium has-checked:text-ink has-disabled:opacity-50 [&_svg]:size-4"
        >
          <input
            type="radio"
            name={group}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled}
            onChange={() => onChange(choice.value)}
            {...(choice.name ? { "aria-label": choice.name } : {})}
            className="absolute inset-0 z-1 size-full cursor-pointer appearance-none rounded-md disabled:cursor-auto"
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}
