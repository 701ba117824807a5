/** `npm run reconcile`: proves that the books are right, and names what is not. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { main } = await import("./lib/project.mjs");
const { reconcile } = await import("./lib/reconcile.mjs");

await main(reconcile);
