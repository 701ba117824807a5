import { defineConfig, devices } from "@playwright/test";
import { browserOptions } from "./e2e/fixtures/browser";
import { freePort } from "./scripts/lib/ports.mjs";

/** The runner picks the ports; its workers load this file too and find them in the environment. */
process.env.E2E_PORT ??= String(await freePort());
process.env.E2E_SANDBOX_PORT ??= String(await freePort());
const address = `http://localhost:${process.env.E2E_PORT}`;

/** `npm run test:full` alone runs these. */
const FULL_ONLY = [
  "admin-operations",
  "admin-requests",
  "degradation",
  "frozen-worker",
  "killed-server",
  "late-images",
  "lost-connection",
  "two-instances",
];

/** Journeys through the whole app as `npm run up` starts it, with every provider in the sandbox. */
export default defineConfig({
  testDir: "e2e",
  // What takes minutes of its own, or shows what service tests and other journeys show in another way.
  testIgnore: process.env.FULL_TESTS ? [] : FULL_ONLY.map((name) => `${name}.spec.ts`),
  // Once the app is there, and before any journey.
  globalSetup: "./e2e/fixtures/register-operator.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A browser, an app and a store on two cores: what fails once and then passes is listed as flaky, and to be mended.
  retries: process.env.CI ? 1 : 0,
  // A machine that also runs the app, the store and two browsers may be slow.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    baseURL: address,
    // Recording costs time on two cores; a screenshot is there anyway.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: browserOptions(),
  },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"] } }],
  webServer: {
    command: "node e2e/fixtures/serve.mjs",
    url: `${address}/api/health/ready`,
    timeout: 240_000,
    stdout: process.env.E2E_SERVER_LOG ? "pipe" : "ignore",
    // `up` drains the app and ends the store and the sandbox; killing it outright would skip that.
    gracefulShutdown: { signal: "SIGTERM", timeout: 45_000 },
  },
});
