/** `npm run build`: builds the app unless the build there is fits the sources. */
import { requireNode } from "./lib/node-version.mjs";

requireNode();
const { main } = await import("./lib/project.mjs");
const { ensureBuilt } = await import("./lib/build.mjs");
const { readEnvironment } = await import("./lib/environment.mjs");

await main(() => ensureBuilt(readEnvironment("production")));
