import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readIfPresent, root } from "./project.mjs";

/** Makes the data directory, readable by its owner alone, and returns its full path. */
export function ensureDataDirectory(name) {
  const directory = resolve(root, name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return directory;
}

/** The secret that signs sessions: made once and kept, so that a restart signs nobody out. */
export function keptSecret(directory) {
  const file = join(directory, "nextauth-secret");
  const kept = readIfPresent(file)?.trim();
  if (kept) return kept;
  const secret = randomBytes(32).toString("base64url");
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
