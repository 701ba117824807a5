import { mkdirSync } from "node:fs";
import { inProject } from "../../lib/project.mjs";

/** A folder for what is kept from run to run. Not below node_modules, which goes whenever packages change. */
export function keptFolder(...parts) {
  const folder = inProject("bench-results", "kept", ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
