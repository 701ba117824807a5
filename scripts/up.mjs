/** `npm run up`: the whole of Inkwell with one command. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { main } = await import("./lib/project.mjs");
const { up } = await import("./lib/up.mjs");

await main(() => up(process.argv.slice(2)));
