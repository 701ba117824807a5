import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { countTests, readPlaywright, readVitest } from "./lib/test-counts.mjs";

const folder = mkdtempSync(join(tmpdir(), "inkwell-counts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reportOf(content: object): string {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test("adds up what the runners report", () => {
  expect(countTests(reportOf({ numPassedTests: 7, numFailedTests: 2 }), 1, readVitest)).toEqual({
    passed: 7,
    failed: 2,
  });
  const stats = { expected: 3, flaky: 1, unexpected: 0, skipped: 5 };
  expect(countTests(reportOf({ stats }), 0, readPlaywright)).toEqual({ passed: 4, failed: 0 });
});

test("counts a run that ended badly without a failed test as a failure", () => {
  expect(countTests(reportOf({ numPassedTests: 7, numFailedTests: 0 }), 1, readVitest)).toEqual({
    passed: 7,
    failed: 1,
  });
  expect(countTests(join(folder, "absent.json"), 1, readVitest)).toEqual({ passed: 0, failed: 1 });
});
