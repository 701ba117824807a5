"use client";

import { memo } from "react";
import { lazyAgain } from "../lib/lazy-again";
import type { MarkdownProps } from "./rich-markdown";
import "./markdown.css";

const PlainText = ({ text }: MarkdownProps) => <div className="prose whitespace-pre-wrap">{text}</div>;

const LazyMarkdown = lazyAgain<MarkdownProps>(
  () => import("./rich-markdown").then(({ RichMarkdown }) => RichMarkdown),
  PlainText,
);

/** Fetches it ahead, for what will need it soon. */
export const fetchMarkdown = LazyMarkdown.fetch;

/** Markdown set as a page. On the server at once; in the browser by code of its own, which no other page loads. */
export const Markdown = memo(LazyMarkdown);
