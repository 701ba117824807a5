"use client";

import { Check, Copy } from "lucide-react";
import type { ComponentProps } from "react";
import { useCopy } from "../lib/use-copy";
import { Button } from "./button";

type CopyButtonProps = Omit<ComponentProps<typeof Button>, "onClick" | "children"> & {
  text: string;
  /** What is copied: "the answer". */
  what: string;
  caption?: string;
};

/** Copies `text`, and says so. */
export function CopyButton({ text, what, caption, size = "icon-sm", ...props }: CopyButtonProps) {
  const { copied, copy } = useCopy();

  return (
    <Button variant="quiet" size={size} aria-label={`Copy ${what}`} onClick={() => copy(text)} {...props}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {caption && <span>{copied ? "Copied" : caption}</span>}
      <span role="status" className="sr-only">
        {copied && "Copied"}
      </span>
    </Button>
  );
}
