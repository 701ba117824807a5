"use client";

import { Search, X } from "lucide-react";
import { useRef } from "react";
import { cn } from "../lib/cn";
import { Button } from "./button";
import { Input } from "./input";

interface SearchInputProps {
  /** What is searched: "Search conversations". */
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  maxLength?: number;
  className?: string;
}

/** A line to search with, and a way to empty it. */
export function SearchInput({
  label,
  placeholder = "Search",
  value,
  onChange,
  onBlur,
  maxLength = 200,
  className,
}: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const clear = () => {
    onChange("");
    input.current?.focus();
  };

  return (
    <div className="relative">
      <Search aria-hidden className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-soft" />
      <Input
        ref={input}
        type="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        placeholder={placeholder}
        aria-label={label}
        maxLength={maxLength}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className={cn("px-9 [&::-webkit-search-cancel-button]:hidden", className)}
      />
      {value && (
        <Button
          variant="quiet"
          size="icon-sm"
          className="absolute top-1.5 right-1.5"
          aria-label="Clear the search"
          onClick={clear}
        >
          <X aria-hidden />
        </Button>
      )}
    </div>
  );
}
