import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

const program = (body: string) => `
  const { logger } = await import("./src/server/lib/logger.ts");
  ${body}
`;

/** A process of its own that logs. */
function start(body: string) {
  const env = { ...process.env, SKIP_ENV_VALIDATION: "1", LOG_LEVEL: "info" };
  const args = ["--import", "tsx", "--input-type=module", "-e", program(body)];
  return spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
}

test("what was logged last is written when the process ends", async () => {
  const child = start(`logger.info("last words"); process.exit(0);`);
  let written = "";
  child.stdout.on("data", (bytes) => {
    written += bytes;
  });
  await once(child, "close");
  expect(written).toContain("last words");
});

test("what was logged is written soon after, while the process goes on", async () => {
  const child = start(`logger.info("in between"); setInterval(() => undefined, 60_000);`);
  const [bytes] = await once(child.stdout, "data");
  expect(String(bytes)).toContain("in between");
  child.kill();
});

test("a process whose stdout nobody reads any more goes on", async () => {
  const child = start(`
    setInterval(() => logger.info("still here"), 10);
    setTimeout(() => process.exit(7), 1_000);
  `);
  child.stdout.destroy();
  const [code] = await once(child, "exit");
  expect(code).toBe(7);
});
