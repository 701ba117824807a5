/**
 * The import walls. A request goes one way: app → features → trpc → server/api → services → providers, models and
 * lib → shared. Each rule says what it keeps apart and why; `scripts/walls.test.ts` shows that each of them fires.
 */

const TESTS = "(\\.test\\.tsx?|/test-kit\\.ts)$";

/** A rule for product code; tests may reach wherever they need to. */
const wall = (name, comment, from, to) => ({
  name,
  comment,
  severity: "error",
  from: { ...from, pathNot: [TESTS, ...(from.pathNot ?? [])] },
  to,
});

/** Our own code except the listed folders. */
const ownExcept = (...folders) => ({ path: "^(src|prisma-free-models)/", pathNot: folders.map((it) => `^${it}`) });

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycle",
      comment: "Code that needs itself cannot be understood or tested in parts.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolved",
      comment: "An import that leads nowhere escapes every other rule.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    wall(
      "feature-apart",
      "A feature stands alone; what two of them need belongs in components or shared.",
      { path: "^src/features/([^/]+)/" },
      { path: "^src/features/", pathNot: "^src/features/$1/" },
    ),
    wall(
      "feature-down",
      "A feature talks to the server through tRPC and knows nothing behind it.",
      { path: "^src/features/" },
      ownExcept("src/features/", "src/components/", "src/trpc/", "src/shared/"),
    ),
    wall(
      "components-bare",
      "Components show what they are given; they fetch nothing.",
      { path: "^src/components/" },
      ownExcept("src/components/", "src/shared/"),
    ),
    wall(
      "page-down",
      "A page composes features; data comes through trpc/server.",
      { path: "^src/app/", pathNot: ["^src/app/api/"] },
      ownExcept("src/app/", "src/features/", "src/components/", "src/trpc/", "src/shared/"),
    ),
    wall(
      "route-thin",
      "A route handler hands over to the server; it neither queries nor calls a provider.",
      { path: "^src/(app/api|pages)/" },
      { path: "^(prisma-free-models|src/server/providers|src/features|src/components)/" },
    ),
    wall(
      "trpc-down",
      "The client and server entry points know the router and nothing behind it.",
      { path: "^src/trpc/" },
      ownExcept("src/trpc/", "src/server/api/", "src/shared/"),
    ),
    wall(
      "router-wiring",
      "Routers and procedures call services; only the context looks at session and database, only errors.ts at theirs.",
      { path: "^src/server/api/", pathNot: ["^src/server/api/(context|errors)\\.ts$"] },
      { path: "^(prisma-free-models|src/server/(providers|auth|db))/" },
    ),
    wall(
      "service-no-transport",
      "Services know nothing of the transport, so that it can change under them.",
      { path: "^src/server/services/" },
      { path: "(^src/server/api/|^src/trpc/|(^|/)node_modules/@trpc/)" },
    ),
    wall(
      "provider-no-data",
      "A provider speaks one vendor's protocol; what is kept and charged is decided above it.",
      { path: "^src/server/providers/" },
      { path: "^(prisma-free-models|src/server/(api|auth|db|services))/" },
    ),
    wall(
      "lib-base",
      "The server's tools stand under everything else.",
      { path: "^src/server/lib/" },
      ownExcept("src/server/lib/", "src/shared/", "src/env\\.ts$"),
    ),
    wall(
      "models-base",
      "Models know the contract and the database driver.",
      { path: "^prisma-free-models/" },
      ownExcept("prisma-free-models/", "src/shared/"),
    ),
    wall(
      "shared-own",
      "The contract is read by both sides: it may need only itself and Zod.",
      { path: "^src/shared/" },
      { pathNot: ["^src/shared/", "(^|/)node_modules/zod/"] },
    ),
    wall(
      "server-no-client",
      "The server renders nothing.",
      { path: "^src/server/" },
      { path: "^src/(app|pages|features|components|trpc)/" },
    ),
    wall(
      "embedded-alone",
      "The embedded store knows nothing of the app it serves.",
      { path: "^src/embedded/" },
      ownExcept("src/embedded/"),
    ),
    wall(
      "sandbox-alone",
      "The sandbox stands in for strangers: it must not share code with the app it deceives.",
      { path: "^src/sandbox/" },
      ownExcept("src/sandbox/"),
    ),
    wall(
      "app-no-stand-in",
      "The app meets the store and the sandbox over the network alone, like their real counterparts.",
      { path: "^(src|prisma-free-models)/", pathNot: ["^src/(embedded|sandbox)/"] },
      { path: "^src/(embedded|sandbox)/" },
    ),
    wall(
      "product-no-tools",
      "What runs in production does not need the tests or the scripts.",
      { path: "^(src|prisma-free-models)/" },
      { path: "^(tests|e2e|scripts)/" },
    ),
    wall(
      "product-no-dev-package",
      "What runs in production must be installed there.",
      { path: "^(src|prisma-free-models)/" },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    ),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    // What is compared with brings its own packages.
    exclude: { path: "((^|/)\\.next/|^next-env\\.d\\.ts|^scripts/bench/peers/)" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types", "typings"],
    },
  },
};
