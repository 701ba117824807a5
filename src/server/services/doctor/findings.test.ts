import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LEVELS } from "./findings";

const documented = readFileSync("docs/operators/doctor.md", "utf8").matchAll(/^\| `([a-z.-]+)` \| (\w+) \|/gm);

test("docs/operators/doctor.md lists every finding with its level, and no other", () => {
  expect(Object.fromEntries([...documented].map(([, id, level]) => [id, level]))).toEqual(LEVELS);
});

test("every finding can be found", () => {
  const here = readdirSync(import.meta.dirname).filter((name) => !/(\.test|^findings)\.ts$/.test(name));
  const files = [...here.map((name) => join(import.meta.dirname, name)), "scripts/lib/doctor.mjs"];
  const source = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const neverFound = Object.keys(LEVELS).filter((id) => !source.includes(`"${id}"`));
  expect(neverFound).toEqual([]);
});
