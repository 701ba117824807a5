/** `npm test`: every test, from a fresh clone too. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { main } = await import("./lib/project.mjs");
const { test } = await import("./lib/test.mjs");

await main(test);
