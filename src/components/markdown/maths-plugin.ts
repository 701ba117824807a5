import "katex/dist/katex.min.css";
import type { Options } from "react-markdown";
import rehypeKatex from "rehype-katex";

/** Sets formulas. What KaTeX cannot read stays as it was written. */
export const mathsPlugins: NonNullable<Options["rehypePlugins"]> = [
  [rehypeKatex, { strict: "ignore", trust: false, errorColor: "currentColor" }],
];
