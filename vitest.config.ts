import { defineConfig } from "vitest/config";

const shared = {
  resolve: {
    tsconfigPaths: true,
    alias: { "server-only": new URL("./tests/server-only.ts", import.meta.url).pathname },
  },
};

/** Service tests share nothing: each file brings its own store, sandbox and database, so files run side by side. */
export default defineConfig({
  test: {
    // Most tests wait for something more than they compute.
    maxWorkers: "150%",
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          // What they test keeps nothing, so files need no process each.
          isolate: false,
          include: ["{src,prisma-free-models,scripts}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.service.test.ts", "**/*.contract.test.ts", "**/*.full.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: "services",
          include: ["{src,tests}/**/*.service.test.ts"],
          setupFiles: ["./tests/setup-services.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      // What takes minutes: scale. `npm run test:full` runs it too.
      {
        ...shared,
        test: {
          name: "full",
          include: ["src/**/*.full.test.ts"],
          setupFiles: ["./tests/setup-services.ts"],
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: { name: "contract", include: ["src/**/*.contract.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
