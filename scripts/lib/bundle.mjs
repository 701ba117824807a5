/**
 * What each page may load before it comes alive, in kB (1,000 bytes) of gzipped JavaScript. An empty Next page is
 * 137 of them here. Lower a budget when a page got lighter; raise one only for something worth the wait.
 */
export const BUDGETS_KB = {
  "/": 150,
  "/sign-in": 151,
  "/sign-up": 153,
  "/chat": 185,
  "/chat/[conversationId]": 185,
  "/images": 197,
  "/images/[imageId]": 180,
  "/dashboard": 185,
  "/buy-credits": 195,
  "/settings": 226,
  "/status": 167,
  "/admin": 217,
  "/admin/settings": 238,
  "/admin/users/[userId]": 235,
};

const NAMED_CHUNKS = 5;
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * Compares what pages load first with their budgets.
 * @param {{ route: string, firstLoadChunkPaths: string[] }[]} routes as Next lists them when it has built
 * @param {(path: string) => number} sizeOf bytes of a chunk, gzipped
 * @param {Record<string, number>} budgets in kB
 * @returns {{ lines: string[], problems: string[] }} a line for each page, and what is wrong
 */
export function judgeBundles(routes, sizeOf, budgets) {
  const byRoute = new Map(routes.map(({ route, firstLoadChunkPaths }) => [route, firstLoadChunkPaths]));
  const lines = [];
  const problems = [];
  for (const [route, budget] of Object.entries(budgets)) {
    const paths = byRoute.get(route);
    if (!paths?.length) {
      problems.push(`${route}: the build knows no such page. Name the page that took its place.`);
      continue;
    }
    const chunks = paths.map((path) => ({ path, bytes: sizeOf(path) })).sort((a, b) => b.bytes - a.bytes);
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
    lines.push(`${route.padEnd(26)} ${kb(bytes).padStart(9)} of ${budget}`);
    if (bytes <= budget * 1000) continue;
    const largest = chunks.slice(0, NAMED_CHUNKS).map((chunk) => `    ${chunk.path} ${kb(chunk.bytes)}`);
    problems.push([`${route} loads ${kb(bytes)} first; its budget is ${budget}. Largest:`, ...largest].join("\n"));
  }
  return { lines, problems };
}
