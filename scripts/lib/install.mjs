import { writeFileSync } from "node:fs";
import { inProject, readIfPresent, sha256 } from "./project.mjs";
import { runOrThrow } from "./run.mjs";

/** Names the lock file and Node version that the packages in node_modules were installed for. */
const stamp = inProject("node_modules", ".inkwell-install");

function wanted() {
  const inputs = [
    process.platform,
    process.arch,
    process.versions.modules,
    readIfPresent(inProject("package-lock.json")),
  ];
  return sha256(inputs.join("\n"));
}

/** Installs the packages when they are missing or were installed for another lock file. */
export async function ensureInstalled() {
  const now = wanted();
  if (readIfPresent(stamp) === now) return;
  console.log("Installing packages (about a minute, only when they changed) …");
  await runOrThrow("npm", ["ci", "--no-audit", "--no-fund"]);
  writeFileSync(stamp, now);
}
