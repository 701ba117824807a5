"use client";

import { memo, useMemo } from "react";
import ReactMarkdown, { type Components, type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import { CodeBlock } from "./code-block";
import { completeMarkdown } from "./complete-markdown";
import { splitBlocks } from "./markdown-blocks";
import { normaliseMaths } from "./markdown-maths";
import { useRichPlugins } from "./use-rich-plugins";

const REMARK: NonNullable<Options["remarkPlugins"]> = [remarkGfm, [remarkMath, { singleDollarTextMath: false }]];
const REL = "noopener noreferrer nofollow ugc";

/** How each element is set. Headings begin below the page's own; pictures are links, so that none is fetched unasked. */
const COMPONENTS: Components = {
  h1: ({ children }) => <h3 className="size-1">{children}</h3>,
  h2: ({ children }) => <h3 className="size-2">{children}</h3>,
  h3: ({ children }) => <h4 className="size-3">{children}</h4>,
  h4: ({ children }) => <h5 className="size-3">{children}</h5>,
  h5: ({ children }) => <h6 className="size-3">{children}</h6>,
  h6: ({ children }) => <h6 className="size-3">{children}</h6>,
  pre: CodeBlock,
  a: ({ href, children }) => (
    <a href={href} target={href?.startsWith("#") ? undefined : "_blank"} rel={REL}>
      {children}
    </a>
  ),
  img: ({ src, alt }) => (
    <a href={typeof src === "string" ? src : undefined} target="_blank" rel={REL}>
      {alt || "Picture"} (picture, opens elsewhere)
    </a>
  ),
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it.
    <div className="wide table-pane" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
};

/** One piece of the text; drawn again only when that piece has changed. */
const Block = memo(function Block({ text, plugins }: { text: string; plugins: NonNullable<Options["rehypePlugins"]> }) {
  return (
    <ReactMarkdown remarkPlugins={REMARK} rehypePlugins={plugins} components={COMPONENTS}>
      {text}
    </ReactMarkdown>
  );
});

export interface MarkdownProps {
  text: string;
  /** More is to come, so what is unfinished is shown only as far as it is sure. */
  growing?: boolean;
  /** It broke off: what is unfinished is closed as well as can be. */
  brokenOff?: boolean;
}

/** Markdown set as a page: the part of `Markdown` that is fetched by itself. */
export function RichMarkdown({ text, growing = false, brokenOff = false }: MarkdownProps) {
  const unfinished = growing || brokenOff;
  const blocks = useMemo(
    () => splitBlocks(normaliseMaths(unfinished ? completeMarkdown(text) : text)),
    [text, unfinished],
  );
  const plugins = useRichPlugins(text.includes("\\") || text.includes("$") ? `${blocks.join("\n")}` : text);

  return (
    <div className="prose" data-growing={growing || undefined}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move; only the last one grows.
        <Block key={index} text={block} plugins={plugins} />
      ))}
    </div>
  );
}
