import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import { afterAll, beforeAll, expect, test } from "vitest";
import config from "../.dependency-cruiser.cjs";
import { root } from "./lib/project.mjs";

/** Each wall, and one import that must not pass it. */
const breaches: [rule: string, from: string, to: string][] = [
  ["feature-apart", "src/features/chat/composer.tsx", "src/features/images/studio.tsx"],
  ["feature-down", "src/features/chat/history.tsx", "src/server/services/chat/list.ts"],
  ["components-bare", "src/components/header.tsx", "src/trpc/react.tsx"],
  ["page-down", "src/app/chat/page.tsx", "src/server/services/chat/list.ts"],
  ["page-down", "src/app/admin/page.tsx", "prisma-free-models/user.ts"],
  ["route-thin", "src/app/api/hook/route.ts", "src/server/providers/paypal.ts"],
  ["route-thin", "src/app/api/health/route.ts", "prisma-free-models/user.ts"],
  ["route-thin", "src/pages/api/trpc/send.ts", "src/server/providers/openai.ts"],
  ["trpc-down", "src/trpc/server.ts", "src/server/services/chat/list.ts"],
  ["router-wiring", "src/server/api/routers/chat.ts", "prisma-free-models/user.ts"],
  ["router-wiring", "src/server/api/routers/image.ts", "src/server/providers/paypal.ts"],
  ["service-no-transport", "src/server/services/chat/send.ts", "src/server/api/trpc.ts"],
  ["service-no-transport", "src/server/services/chat/fail.ts", "node_modules/@trpc/server"],
  ["provider-no-data", "src/server/providers/gemini.ts", "prisma-free-models/user.ts"],
  ["provider-no-data", "src/server/providers/openai.ts", "src/server/services/chat/list.ts"],
  ["lib-base", "src/server/lib/logger.ts", "src/server/db/connect.ts"],
  ["models-base", "prisma-free-models/message.ts", "src/server/lib/clock.ts"],
  ["shared-own", "src/shared/chat.ts", "src/env.ts"],
  ["shared-own", "src/shared/image.ts", "node_modules/mongoose"],
  ["server-no-client", "src/server/services/chat/show.ts", "src/components/button.tsx"],
  ["embedded-alone", "src/embedded/main.ts", "src/shared/errors.ts"],
  ["sandbox-alone", "src/sandbox/main.ts", "src/server/providers/paypal.ts"],
  ["app-no-stand-in", "src/server/services/ai/answer.ts", "src/sandbox/pace.ts"],
  ["product-no-tools", "src/server/db/seed.ts", "scripts/seed.ts"],
  ["product-no-dev-package", "src/server/lib/check.ts", "node_modules/vitest"],
  ["no-cycle", "src/shared/one.ts", "src/shared/two.ts"],
  ["no-unresolved", "src/embedded/lost.ts", "src/embedded/nowhere.ts"],
];

/** The ways a request does go. */
const ways: [from: string, to: string][] = [
  ["src/app/images/page.tsx", "src/features/images/studio.tsx"],
  ["src/features/images/studio.tsx", "src/trpc/react.tsx"],
  ["src/trpc/react.tsx", "src/server/api/trpc.ts"],
  ["src/pages/api/trpc/list.ts", "src/server/api/trpc.ts"],
  ["src/server/api/context.ts", "src/server/db/connect.ts"],
  ["src/server/api/trpc.ts", "src/server/services/chat/list.ts"],
  ["src/server/services/chat/list.ts", "prisma-free-models/user.ts"],
  ["src/server/providers/paypal.ts", "src/server/lib/clock.ts"],
  ["prisma-free-models/user.ts", "src/shared/errors.ts"],
  ["src/shared/errors.ts", "node_modules/zod"],
  ["src/server/services/chat/list.service.test.ts", "src/sandbox/pace.ts"],
];

/** Closes the cycle, which is reported once, where it begins. */
const wayBack: [from: string, to: string] = ["src/shared/two.ts", "src/shared/one.ts"];

const project = mkdtempSync(join(tmpdir(), "inkwell-walls-"));
let violations: ICruiseResult["summary"]["violations"];

/** Lays out a project in which every import of both tables is written down, and cruises it once. */
beforeAll(async () => {
  const imports = new Map<string, string[]>();
  for (const [from, to] of [...breaches.map(([, from, to]): [string, string] => [from, to]), ...ways, wayBack]) {
    imports.set(from, [...(imports.get(from) ?? []), to]);
    if (!to.startsWith("node_modules/") && !to.endsWith("/nowhere.ts") && !imports.has(to)) imports.set(to, []);
  }
  for (const [file, targets] of imports) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), targets.map((target) => importLine(file, target)).join("\n"));
  }
  writeFileSync(join(project, "package.json"), JSON.stringify({ devDependencies: { vitest: "*" } }));
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));

  // The paths of the real tsconfig do not hold in this project.
  const options: ICruiseOptions & { tsConfig?: unknown } = { ...config.options, tsConfig: undefined };
  const result = await cruise(["src", "prisma-free-models"], {
    ...options,
    baseDir: project,
    preserveSymlinks: true,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  });
  if (typeof result.output === "string") throw new Error("Expected the result as an object.");
  violations = result.output.summary.violations;
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

test.each(breaches)("%s stops %s → %s", (rule, from, to) => {
  expect(violations).toContainEqual(
    expect.objectContaining({
      from,
      to: expect.stringContaining(to.replace("src/embedded/nowhere.ts", "nowhere")),
      rule: expect.objectContaining({ name: rule, severity: "error" }),
    }),
  );
});

test.each(ways)("%s → %s passes", (from, to) => {
  expect(violations.filter((violation) => violation.from === from && violation.to.includes(to))).toEqual([]);
});

test("every wall has a breach here", () => {
  const proven = breaches.map(([rule]) => rule);
  const walls = config.forbidden?.map(({ name }) => name) ?? [];
  expect(new Set(walls)).toEqual(new Set(proven));
});

function importLine(file: string, target: string): string {
  const bare = target.replace(/^node_modules\//, "");
  const specifier = bare !== target ? bare : relative(dirname(file), target).replace(/\.tsx?$/, "");
  return `import "${bare !== target || specifier.startsWith(".") ? specifier : `./${specifier}`}";`;
}
