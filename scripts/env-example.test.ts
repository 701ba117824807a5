import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { variables } from "../src/env-variables";

/** Read by the launcher, before the app and its schema are there. */
const LAUNCHER = ["PORT", "HOST", "DATA_DIR", "SANDBOX_PORT"];

test(".env.example documents every variable that is read, and no other", () => {
  const read = [...Object.keys(variables), ...LAUNCHER].filter((name) => name !== "NODE_ENV");
  const example = readFileSync(".env.example", "utf8");
  const documented = [...example.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].flatMap(([, name]) => name ?? []).toSorted();
  expect(documented).toEqual(read.toSorted());
});
