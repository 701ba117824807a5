/** `npm run bench`: what Inkwell itself costs, measured side by side with floors and peers. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { main } = await import("./lib/project.mjs");
const { bench } = await import("./bench/run-bench.mjs");

await main(() => bench(process.argv.slice(2)));
