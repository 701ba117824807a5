/** Next calls this once when the server starts, before it takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  // A file of its own: this one is also compiled for a runtime that has no process to end.
  const { start } = await import("./instrumentation-node");
  await start();
}
