import { expect, test } from "vitest";
import { isInstalled } from "./lib/install.mjs";

const locked = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/next": { version: "16.4.6" },
    "node_modules/swc-win32": { version: "16.4.6", optional: true },
  },
};

test("installs nothing when the locked packages are there", () => {
  expect(isInstalled(locked, { packages: { "node_modules/next": { version: "16.4.6" } } })).toBe(true);
});

test.each([[{}], [{ packages: {} }], [{ packages: { "node_modules/next": { version: "16.4.5" } } }]])(
  "installs when %j is there",
  (installed) => {
    expect(isInstalled(locked, installed)).toBe(false);
  },
);
