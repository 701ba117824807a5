/** `npm run doctor`: names what is wrong with this instance, and how to mend it. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { main } = await import("./lib/project.mjs");
const { doctor } = await import("./lib/doctor.mjs");

await main(() => doctor(process.argv.slice(2)));
// Connections to databases and providers would keep the process for a while.
process.exit();
