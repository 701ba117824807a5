import { readIfPresent } from "./project.mjs";

/**
 * How many tests of a run passed and failed. A runner that ended badly without naming a failed test (a file that does
 * not load, an unhandled error, a crash) counts as one failure, so that the sum never looks better than the run was.
 * @param {string} file the runner's JSON report
 * @param {number} exitCode
 * @param {(report: any) => { passed: number, failed: number }} read
 */
export function countTests(file, exitCode, read) {
  const text = readIfPresent(file);
  const counts = text ? read(JSON.parse(text)) : { passed: 0, failed: 0 };
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Reads Vitest's JSON report. */
export function readVitest({ numPassedTests, numFailedTests }) {
  return { passed: numPassedTests, failed: numFailedTests };
}

/** Reads Playwright's JSON report. */
export function readPlaywright({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}
