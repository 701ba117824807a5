import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NODE_FLOOR, tooOld } from "./version-floors";

const lockOf = (version: string) => ({ packages: { "": {}, "node_modules/a/node_modules/next": { version } } });

test.each(["16.4.2", "15.9.9", "16.4.3-canary.1"])("finds next %s too old, however deep", (version) => {
  expect(tooOld(lockOf(version), { next: "16.4.3" })).toEqual([{ name: "next", version, floor: "16.4.3" }]);
});

test.each(["16.4.3", "16.10.0", "17.0.0"])("lets next %s through", (version) => {
  expect(tooOld(lockOf(version), { next: "16.4.3" })).toEqual([]);
});

test("the oldest Node is the one that package.json asks for", () => {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(engines.node).toBe(`>=${NODE_FLOOR.replace(/\.0$/, "")}`);
});
