/** What every provider is told before the conversation. Part of the cache key: changing it retires old answers. */
export const SYSTEM_PROMPT =
  "You are a helpful, precise assistant. Answer in the language of the question. Use Markdown where it helps: " +
  "fenced code blocks with a language, tables for comparisons, and $…$ or $$…$$ for mathematics.";
