import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openInbox, tokenOf } from "./paypal/test-kit";

let dir: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "sandbox-main-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(dir, { recursive: true, force: true });
});

/** Starts the sandbox as its own process and waits for its address. */
async function start(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "main.ts")], {
    env: { ...process.env, SANDBOX_DIR: dir, SANDBOX_PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const exited = once(child, "exit");
  const [line] = await Promise.race([once(child.stdout, "data"), exited]);
  const url = /^sandbox ready (http:\/\/127\.0\.0\.1:\d+)\n/.exec(String(line))?.[1];
  return { child, exited, url };
}

test("says where it is and ends cleanly on SIGTERM", async () => {
  const { child, exited, url } = await start();
  expect((await fetch(`${url}/__health`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
});

test("prices plans in the app's currency and tells it of payments", async () => {
  const inbox = await openInbox();
  const { url } = await start({ SANDBOX_WEBHOOK_URL: inbox.url, SANDBOX_CURRENCY: "EUR" });
  const headers = { authorization: `Bearer ${await tokenOf(url ?? "")}` };
  const plan = await fetch(`${url}/paypal/v1/billing/plans/P-1`, { headers });
  expect(await plan.text()).toContain('"currency_code":"EUR"');
  const body = JSON.stringify({ plan_id: "P-1" });
  await fetch(`${url}/paypal/v1/billing/subscriptions`, { method: "POST", headers, body });
  await expect.poll(inbox.types, { timeout: 10_000 }).toEqual(["BILLING.SUBSCRIPTION.CREATED"]);
  await inbox.close();
});

test("ends when its parent has died", async () => {
  const parent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  children.push(parent);
  const { exited } = await start({ SANDBOX_PARENT_PID: String(parent.pid) });
  parent.kill("SIGKILL");
  expect(await exited).toEqual([0, null]);
});
