import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { PlainError } from "./project.mjs";
import { run, runOrThrow } from "./run.mjs";

/** The lightest first: without windows to draw, journeys take a third less time. */
const CHROMIUM_PATHS = [
  ...["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"],
  "/usr/bin/google-chrome",
];

/** The browser of the system, if it has one. */
export const systemBrowser = () => CHROMIUM_PATHS.find((path) => existsSync(path));

/**
 * Makes sure that there are a browser for the journeys and a Redis for the service tests.
 * @param {{ browser?: boolean }} [needs] without a browser when no page is opened
 */
export async function ensureTestTools({ browser = true } = {}) {
  const needsBrowser = browser && !(await hasBrowser());
  const needsRedis = !onPath("redis-server");
  if ((needsBrowser || needsRedis) && canUseApt()) await installWithApt({ needsBrowser, needsRedis });
  else if (needsBrowser) await run("npx", ["playwright", "install", "chromium"]);

  if (browser && !(await hasBrowser())) {
    throw new PlainError(
      "The tests need Chromium. Install it with your package manager or: npx playwright install chromium",
    );
  }
  if (!onPath("redis-server")) {
    throw new PlainError(
      "The tests need redis-server. Install it with your package manager (package redis-server or redis).",
    );
  }
}

async function hasBrowser() {
  const { chromium } = await import("@playwright/test");
  return existsSync(chromium.executablePath()) || systemBrowser() !== undefined;
}

function onPath(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function canUseApt() {
  return process.getuid?.() === 0 && onPath("apt-get");
}

async function installWithApt({ needsBrowser, needsRedis }) {
  // Run level 1 keeps the package from starting a Redis of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  await runOrThrow("apt-get", ["update", "-qq"], { env });
  const packages = [...(needsBrowser ? [await browserPackage()] : []), ...(needsRedis ? ["redis-server"] : [])];
  console.log(`Installing ${packages.join(" and ")} for the tests …`);
  await runOrThrow("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
}

/** The lightest browser that this system's packages have. */
async function browserPackage() {
  const light = "chromium-headless-shell";
  const { stdout } = await promisify(execFile)("apt-cache", ["search", "--names-only", `^${light}$`]);
  return stdout === "" ? "chromium" : light;
}
