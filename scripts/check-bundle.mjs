/** `npm run budgets`: fails when a page of the built app loads more JavaScript at first than its budget allows. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { BUDGETS_KB, judgeBundles } from "./lib/bundle.mjs";
import { inProject, main, PlainError, readIfPresent } from "./lib/project.mjs";

const sizes = new Map();

/** Bytes of a chunk as it travels; pages share many. */
function gzippedSize(path) {
  const known = sizes.get(path) ?? gzipSync(readFileSync(inProject(path))).length;
  sizes.set(path, known);
  return known;
}

await main(() => {
  const text = readIfPresent(inProject(".next", "diagnostics", "route-bundle-stats.json"));
  if (text === undefined) throw new PlainError("There is no build to look at. Run `npm run build` first.");
  const { lines, problems } = judgeBundles(JSON.parse(text), gzippedSize, BUDGETS_KB);
  console.log(`JavaScript that pages load first, gzipped:\n${lines.join("\n")}`);
  if (problems.length > 0) throw new PlainError(`Too much JavaScript:\n${problems.join("\n")}`);
});
