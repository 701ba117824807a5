/** Next calls this once when the server starts, before it takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  try {
    const { startServer } = await import("./server/start");
    startServer();
  } catch (error) {
    // A bad environment: say which variable, and do not run half set up.
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
