/** Starts the server's work. A bad environment is found on the way: it says which variable, and ends the process. */
export async function start(): Promise<void> {
  try {
    const { startServer } = await import("./server/start");
    startServer();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
