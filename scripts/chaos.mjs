/** `npm run chaos -- --minutes 10 --seed 1`: two apps under load while everything around them fails. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { main } = await import("./lib/project.mjs");
const { chaos } = await import("./lib/chaos.mjs");

await main(() => chaos(process.argv.slice(2)));
