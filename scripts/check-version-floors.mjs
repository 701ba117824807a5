/**
 * `npm run floors`: fails when an installed package is older than the first version without a known hole.
 * Works on the lock file alone, so it needs no advisory service.
 */
import { inProject, main, PlainError, readIfPresent } from "./lib/project.mjs";
import { tooOld } from "./lib/version-floors.mjs";

await main(() => {
  const found = tooOld(JSON.parse(readIfPresent(inProject("package-lock.json"))));
  if (found.length > 0) throw new PlainError(`Update these packages:\n${found.map((line) => `  ${line}`).join("\n")}`);
  console.log("Every package is at or above its security floor.");
});
