import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inProject, PlainError, readIfPresent } from "../../lib/project.mjs";
import { run } from "../../lib/run.mjs";
import { keptFolder } from "./kept-folder.mjs";

/**
 * Installs what is compared with into a folder of its own, so that it never becomes a dependency of ours.
 * @param {string} name of the folder
 * @param {object} manifest what is to be installed: `dependencies`, `overrides`
 * @param {string} [program] a file that is to run there
 * @returns {Promise<string>} the folder
 * @throws PlainError when it cannot be installed
 */
export async function installPeer(name, manifest, program) {
  const folder = keptFolder("peers", name);
  const text = JSON.stringify({ name: `bench-${name}`, private: true, type: "module", ...manifest }, undefined, 2);
  const stamp = join(folder, "installed.json");
  if (readIfPresent(stamp) !== text) {
    console.log(`Installing ${Object.keys(manifest.dependencies).join(", ")} to compare with …`);
    writeFileSync(join(folder, "package.json"), text);
    const code = await run("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts"]);
    if (code !== 0) throw new PlainError("it could not be installed from npm");
    writeFileSync(stamp, text);
  }
  if (program) copyFileSync(inProject("scripts", "bench", "peers", program), join(folder, program));
  return folder;
}
