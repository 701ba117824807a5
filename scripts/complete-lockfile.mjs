/** `npm run lock`: makes the lock file complete for every platform and free of registry addresses. */
import { readFileSync, writeFileSync } from "node:fs";
import { completeLock, registryAddresses } from "./lib/lockfile.mjs";

const file = new URL("../package-lock.json", import.meta.url);
const { lock, added } = completeLock(JSON.parse(readFileSync(file, "utf8")));

if (registryAddresses(lock).length > 0) {
  console.error("The lock file names a registry. Write it with: npm install --omit-lockfile-registry-resolved");
  process.exit(1);
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? "The lock file was complete." : `Added ${added.length}: ${added.join(", ")}`);
