"use client";

import { memo, Suspense } from "react";
import { lazyAgain } from "../lib/lazy-again";
import type { MarkdownProps } from "./rich-markdown";
import "./markdown.css";

const load = () => import("./rich-markdown").then(({ RichMarkdown }) => RichMarkdown);
const RichMarkdown = lazyAgain(load);

/** Fetches it ahead, for a page that will need it soon. */
export const fetchMarkdown = () => void load().catch(() => undefined);

/** Markdown set as a page. On the server at once; in the browser by code of its own, which no other page loads. */
export const Markdown = memo(function Markdown({ text, growing = false, brokenOff = false }: MarkdownProps) {
  return (
    <Suspense fallback={<div className="prose whitespace-pre-wrap">{text}</div>}>
      <RichMarkdown text={text} growing={growing} brokenOff={brokenOff} />
    </Suspense>
  );
});
