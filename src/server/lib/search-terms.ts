const TERMS_MAX = 60;

/** A text's words for search: lower case, without accents or punctuation, each once. */
export function searchTerms(text: string): string[] {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return [...new Set(words)].map((word) => word.slice(0, 40)).slice(0, TERMS_MAX);
}

/** A filter value that finds every document with all the query's words; the last may be unfinished. */
export function termsFilter(query: string): { $all: (string | RegExp)[] } | undefined {
  const terms = searchTerms(query);
  const last = terms.pop();
  if (last === undefined) return undefined;
  // Only letters and digits are left, so the word is safe inside a pattern.
  return { $all: [new RegExp(`^${last}`), ...terms] };
}
