import { startSandbox } from "./index";

/**
 * The sandbox as a process of its own. SANDBOX_PORT and SANDBOX_DIR say where, SANDBOX_WEBHOOK_URL who hears of
 * payments, SANDBOX_CURRENCY what plans are priced in; with SANDBOX_PARENT_PID it ends when that process does, so that
 * a killed parent leaves nothing behind.
 */
const port = Number(process.env.SANDBOX_PORT ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error("SANDBOX_PORT is not a port.");
const webhookUrl = process.env.SANDBOX_WEBHOOK_URL || undefined;
if (webhookUrl !== undefined && !URL.canParse(webhookUrl)) throw new Error("SANDBOX_WEBHOOK_URL is not an address.");
const sandbox = await startSandbox({
  port,
  dir: process.env.SANDBOX_DIR ?? ".data/sandbox",
  webhookUrl,
  currency: process.env.SANDBOX_CURRENCY || undefined,
});

async function end(): Promise<void> {
  await sandbox.close();
  process.exit(0);
}
process.once("SIGTERM", end);
process.once("SIGINT", end);

const parent = Number(process.env.SANDBOX_PARENT_PID);
if (Number.isInteger(parent) && parent > 0) {
  setInterval(() => {
    if (!isAlive(parent)) void end();
  }, 1_000).unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

console.log(`sandbox ready ${sandbox.url}`);
