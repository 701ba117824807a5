import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const variables = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name).toSorted();

/** Read by the launcher, before the app and its schema are there. */
const LAUNCHER = ["PORT", "HOST", "DATA_DIR", "SANDBOX_PORT"];

test(".env.example documents every variable that is read, and no other", () => {
  const schema = readFileSync("src/env.ts", "utf8").split("experimental__runtimeEnv")[0] ?? "";
  const read = [...variables(schema, /^ {4}([A-Z][A-Z_]+):/gm), ...LAUNCHER].filter((name) => name !== "NODE_ENV");
  const documented = variables(readFileSync(".env.example", "utf8"), /^#?([A-Z][A-Z_]+)=/gm);
  expect(documented).toEqual(read.toSorted());
});
