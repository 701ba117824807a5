/**
 * `npm run floors`: fails when an installed package is older than the first version without a known hole.
 * Works on the lock file alone, so it needs no advisory service.
 */
import { tooOld } from "../src/server/services/doctor/version-floors.ts";
import { inProject, main, PlainError, readIfPresent } from "./lib/project.mjs";

await main(() => {
  const found = tooOld(JSON.parse(readIfPresent(inProject("package-lock.json"))));
  const lines = found.map(({ name, version, floor }) => `  ${name} ${version}: needs ${floor} or newer`);
  if (lines.length > 0) throw new PlainError(`Update these packages:\n${lines.join("\n")}`);
  console.log("Every package is at or above its security floor.");
});
