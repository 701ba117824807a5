import type { Options } from "react-markdown";
import rehypeHighlight from "rehype-highlight";

/** Colours code whose language is named. */
export const codePlugins: NonNullable<Options["rehypePlugins"]> = [[rehypeHighlight, { detect: false }]];
