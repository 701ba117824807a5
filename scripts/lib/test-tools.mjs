import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { PlainError } from "./project.mjs";
import { run, runOrThrow } from "./run.mjs";

const CHROMIUM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser of the system, if it has one. */
export const systemBrowser = () => CHROMIUM_PATHS.find((path) => existsSync(path));

/**
 * Makes sure that there are a browser for the journeys and a Redis for the service tests.
 * @param {{ browser?: boolean }} [needs] without a browser when no page is opened
 */
export async function ensureTestTools({ browser = true } = {}) {
  const missing = [];
  if (browser && !(await hasBrowser())) missing.push("chromium");
  if (!onPath("redis-server")) missing.push("redis-server");
  if (missing.length > 0 && canUseApt()) await installWithApt(missing);
  else if (missing.includes("chromium")) await run("npx", ["playwright", "install", "chromium"]);

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

async function installWithApt(packages) {
  console.log(`Installing ${packages.join(" and ")} for the tests …`);
  // Run level 1 keeps the package from starting a Redis of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  await runOrThrow("apt-get", ["update", "-qq"], { env });
  await runOrThrow("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
}
