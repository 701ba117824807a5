"use client";

import { Check, Copy } from "lucide-react";
import { type ComponentProps, isValidElement, useRef } from "react";
import { useCopy } from "../lib/use-copy";

/** The language a code element names, if it does. */
function languageOf(children: ComponentProps<"pre">["children"]): string | undefined {
  if (!isValidElement<{ className?: string }>(children)) return undefined;
  return /language-([\w+#-]+)/.exec(children.props.className ?? "")?.[1];
}

/** Code on its own sheet, with its language and a way to take it along. */
export function CodeBlock({ children }: ComponentProps<"pre">) {
  const body = useRef<HTMLPreElement>(null);
  const { copied, copy } = useCopy();

  return (
    <div className="wide code-block">
      <div className="code-head">
        <span>{languageOf(children) ?? "code"}</span>
        <button
          type="button"
          className="target flex items-center gap-1.5 hover:text-ink"
          onClick={() => copy(body.current?.textContent ?? "")}
        >
          {copied ? <Check aria-hidden className="size-3.5" /> : <Copy aria-hidden className="size-3.5" />}
          <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it. */}
      <pre ref={body} tabIndex={0}>
        {children}
      </pre>
    </div>
  );
}
