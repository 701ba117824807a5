import { expect, test } from "vitest";
import { judgeBundles } from "./bundle.mjs";

const routes = [
  { route: "/", firstLoadChunkPaths: ["main.js", "landing.js"] },
  { route: "/chat", firstLoadChunkPaths: ["main.js", "chat.js", "markdown.js"] },
];
const sizes: Record<string, number> = {
  "main.js": 130_000,
  "landing.js": 20_000,
  "chat.js": 30_000,
  "markdown.js": 50_000,
};
const sizeOf = (path: string) => sizes[path] ?? 0;

test("a page within its budget passes, to the byte", () => {
  const { lines, problems } = judgeBundles(routes, sizeOf, { "/": 150 });
  expect(problems).toEqual([]);
  expect(lines).toEqual([expect.stringMatching(/^\/ +150\.0 kB of 150$/)]);
});

test("a page above it is named with its size, its budget and its largest chunks", () => {
  const { problems } = judgeBundles(routes, sizeOf, { "/": 150, "/chat": 185 });
  expect(problems).toEqual([
    "/chat loads 210.0 kB first; its budget is 185. Largest:\n    main.js 130.0 kB\n    markdown.js 50.0 kB\n    chat.js 30.0 kB",
  ]);
});

test("a page that is not there any more does not pass unseen", () => {
  const { problems } = judgeBundles(routes, sizeOf, { "/gone": 150 });
  expect(problems).toEqual([expect.stringContaining("/gone: the build knows no such page")]);
});
