/**
 * Preloaded into the app's process (`node --import`): a server whose starter was killed must not live on as an orphan
 * that holds the port. The store and the sandbox watch their parent themselves.
 */
const DRAIN_MS = 35_000;
const parent = process.ppid;

// The starter read our output; with it gone, a write must not crash the app while it drains.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

const timer = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(timer);
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), DRAIN_MS).unref();
}, 500);
timer.unref();
