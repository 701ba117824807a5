import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { inProject, readIfPresent, root } from "./project.mjs";
import { runOrThrow } from "./run.mjs";

const folders = ["src", "prisma-free-models", "public"];
const files = ["next.config.mjs", "postcss.config.mjs", "tsconfig.json", "package.json", "package-lock.json"];

/** Lives in the build itself: whatever removes the build removes the stamp. */
const stamp = inProject(".next", "inkwell-build");

export const nextCommand = inProject("node_modules", "next", "dist", "bin", "next");

/** One hash over everything a build is made from. */
function hashOfInputs(environment) {
  const hash = createHash("sha256").update(process.versions.modules);
  const paths = [
    ...files.map((file) => inProject(file)),
    ...folders.flatMap((folder) => filesBelow(inProject(folder))),
  ];
  for (const path of paths) {
    hash.update(`\n${relative(root, path)}\n`).update(readFileSync(path));
  }
  // Public variables are written into the client's code.
  for (const name of Object.keys(environment).sort()) {
    if (name.startsWith("NEXT_PUBLIC_")) hash.update(`\n${name}=${environment[name]}`);
  }
  return hash.digest("hex");
}

/** Every file below a folder that ends up in the build, in a fixed order. */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Builds the app when its sources changed since the last build. */
export async function ensureBuilt(environment = process.env) {
  const inputs = hashOfInputs(environment);
  if (readIfPresent(stamp) === inputs) return;
  console.log("Building the app (about a minute, only when it changed) …");
  await runOrThrow(process.execPath, [nextCommand, "build"], {
    env: { ...environment, NODE_ENV: "production", SKIP_ENV_VALIDATION: "1", NEXT_TELEMETRY_DISABLED: "1" },
  });
  writeFileSync(stamp, inputs);
}
