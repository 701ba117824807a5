/** Run with tsx: checks the environment the way the app does and says only what is wrong with it. */
try {
  await import("../src/env.ts");
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
