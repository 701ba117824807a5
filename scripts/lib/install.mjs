import { inProject, readIfPresent } from "./project.mjs";
import { runOrThrow } from "./run.mjs";

/** Installs the packages when they are missing or are not those of the lock file. */
export async function ensureInstalled() {
  const locked = JSON.parse(readIfPresent(inProject("package-lock.json")) ?? "{}");
  // npm's own account of what it put into node_modules, whoever ran it.
  const installed = JSON.parse(readIfPresent(inProject("node_modules", ".package-lock.json")) ?? "{}");
  if (isInstalled(locked, installed)) return;
  console.log("Installing packages (about a minute, only when they changed) …");
  await runOrThrow("npm", ["ci", "--no-audit", "--no-fund"]);
}

/**
 * Whether each locked package is there in its locked version. Optional ones belong to a platform and may be absent.
 * @param {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> }} locked
 * @param {{ packages?: Record<string, { version?: string }> }} installed
 */
export function isInstalled(locked, installed) {
  return Object.entries(locked.packages ?? {}).every(
    ([path, { version, optional, devOptional }]) =>
      path === "" || optional || devOptional || installed.packages?.[path]?.version === version,
  );
}
