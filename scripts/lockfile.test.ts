import { expect, test } from "vitest";
import { completeLock, platformOf } from "./lib/lockfile.mjs";

test("adds the optional packages of other platforms that the registry left out", () => {
  const { lock, added } = completeLock({
    packages: {
      "": { name: "app" },
      "node_modules/tool": {
        version: "2.0.0",
        dev: true,
        optionalDependencies: { "tool-linux-x64": "2.0.0", "tool-win32-arm64-msvc": "2.0.0" },
      },
      "node_modules/tool-linux-x64": { version: "2.0.0", optional: true },
    },
  });
  expect(added).toEqual(["tool-win32-arm64-msvc@2.0.0"]);
  expect(lock.packages["node_modules/tool-win32-arm64-msvc"]).toEqual({
    version: "2.0.0",
    os: ["win32"],
    cpu: ["arm64"],
    dev: true,
    optional: true,
  });
});

test("puts a second version beside the package that wants it", () => {
  const { lock } = completeLock({
    packages: {
      "node_modules/tool": { version: "2.0.0", optionalDependencies: { "tool-darwin-x64": "2.0.0" } },
      "node_modules/tool-darwin-x64": { version: "1.0.0", optional: true },
    },
  });
  expect(lock.packages["node_modules/tool/node_modules/tool-darwin-x64"]).toMatchObject({ version: "2.0.0" });
});

test.each([
  ["@next/swc-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
  ["@tailwindcss/oxide-linux-arm-gnueabihf", { os: ["linux"], cpu: ["arm"], libc: ["glibc"] }],
  ["@oxc-parser/binding-android-arm-eabi", { os: ["android"], cpu: ["arm"] }],
  ["@tailwindcss/oxide-wasm32-wasi", { cpu: ["wasm32"] }],
])("knows the platform of %s", (name, platform) => {
  expect(platformOf(name)).toEqual(platform);
});

test("refuses a name that tells no platform", () => {
  expect(() => platformOf("fsevents")).toThrow(/fsevents/);
});
