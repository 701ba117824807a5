/** `npm test`: the tests, from a fresh clone too. `npm run test:full` adds what takes minutes. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { main } = await import("./lib/project.mjs");
const { test } = await import("./lib/test.mjs");

await main(() => test({ full: process.argv.includes("--full") }));
