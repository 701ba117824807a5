import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freePort } from "./lib/ports.mjs";

// Each starts a store and a sandbox as `up` would.
vi.setConfig({ testTimeout: 240_000 });

let directory: string;
let base: Record<string, string | undefined>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "inkwell-doctor-"));
  const PORT = String(await freePort());
  const SANDBOX_PORT = String(await freePort());
  base = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: join(directory, "data"), PORT, SANDBOX_PORT };
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** `npm run doctor` on an instance that does not run. */
function doctor(variables: Record<string, string> = {}, args: string[] = []) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const env = { ...base, ...variables, NODE_ENV: "production" as const };
    execFile(process.execPath, ["scripts/doctor.mjs", ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
}

test("is silent on a healthy instance, and leaves nothing behind that runs", async () => {
  expect(await doctor()).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(await readdir(join(directory, "data", "store"))).not.toContain("embedded.lock");
});

test("says on request what is only worth knowing, and how much it looked at", async () => {
  const all = await doctor({}, ["--all"]);
  expect(all).toMatchObject({ code: 0, stdout: expect.stringContaining("embedded.one-machine") });
  expect(all.stdout).toMatch(/\d+ things looked at in \d+ ms, 2 findings\.\n$/);
});

test("names variables the app would not even start with", async () => {
  const { code, stdout } = await doctor({ NEXTAUTH_SECRET: "too-short-to-tell", PORT: "eighty" });
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /NEXTAUTH_SECRET.*\(env\.invalid\)\n.*at least 32 characters[^\n]*\n {2}→ Correct NEXTAUTH_SECRET/,
  );
  expect(stdout).toContain("Correct PORT");
  expect(stdout).not.toContain("too-short-to-tell");
});

test("names a database that is away, and keeps its password", async () => {
  const MONGODB_URI = "mongodb://inkwell:hunter2@127.0.0.1:1/inkwell";
  const { code, stdout } = await doctor({ MONGODB_URI }, ["--json"]);
  expect(code).toBe(1);
  const { findings } = JSON.parse(stdout);
  expect(findings[0]).toMatchObject({
    id: "mongodb.away",
    subject: "MONGODB_URI",
    problem: expect.stringContaining("nothing listens at its address"),
    fix: expect.stringContaining("MONGODB_URI"),
  });
  expect(findings.filter(({ level }: { level: string }) => level === "error")).toHaveLength(1);
  expect(stdout).not.toContain("hunter2");
});

test("names a data directory that cannot be made, and a store that does not start", async () => {
  await writeFile(join(directory, "file"), "");
  const nowhere = await doctor({ DATA_DIR: join(directory, "file") });
  expect(nowhere).toMatchObject({ code: 1, stdout: expect.stringContaining("(disk.unwritable)") });
  await writeFile(join(directory, "data", "store", "data.mdb"), "this is no store");
  const broken = await doctor();
  expect(broken).toMatchObject({ code: 1, stdout: expect.stringContaining("(embedded.broken)") });
  expect(broken.stdout).not.toContain("mongodb.away");
});
