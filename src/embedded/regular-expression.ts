import { StoreError } from "./errors";

const compiled = new Map<string, RegExp>();
const MAX_CACHED = 200;

/** Translates a BSON regular expression, which speaks PCRE, refusing flags and patterns JavaScript has no match for. */
export function toRegExp(pattern: string, options: string): RegExp {
  const name = `/${pattern}/${options}`;
  const known = compiled.get(name);
  if (known) return known;
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const source = inline ? pattern.slice(inline[0].length) : pattern;
  const flags = new Set(options + (inline?.[1] ?? ""));
  for (const flag of flags) {
    if (!"imsu".includes(flag)) throw new StoreError(51108, `invalid or unsupported flag in regex options: ${flag}`);
  }
  if (/\\p\{|[\ud800-\udbff]/.test(source)) flags.add("u");
  let expression: RegExp;
  try {
    expression = new RegExp(source, [...flags].join(""));
  } catch (cause) {
    throw new StoreError(51091, `Regular expression is invalid: ${cause instanceof Error ? cause.message : pattern}`);
  }
  if (compiled.size >= MAX_CACHED) compiled.clear();
  compiled.set(name, expression);
  return expression;
}
