import { expect, test } from "vitest";
import { tooOld } from "./lib/version-floors.mjs";

const lockOf = (version: string) => ({ packages: { "": {}, "node_modules/a/node_modules/next": { version } } });

test.each(["16.4.2", "15.9.9", "16.4.3-canary.1"])("finds next %s too old, however deep", (version) => {
  expect(tooOld(lockOf(version), { next: "16.4.3" })).toEqual([`next ${version}: needs 16.4.3 or newer`]);
});

test.each(["16.4.3", "16.10.0", "17.0.0"])("lets next %s through", (version) => {
  expect(tooOld(lockOf(version), { next: "16.4.3" })).toEqual([]);
});
