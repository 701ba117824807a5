/** `npm run seed`: fills an instance with demo data. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { main } = await import("./lib/project.mjs");
const { seed } = await import("./lib/seed.mjs");

await main(() => seed(process.argv.slice(2)));
