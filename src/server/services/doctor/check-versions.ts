import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { found } from "./findings";
import type { Check } from "./patient";
import { isOlder, NODE_FLOOR, tooOld } from "./version-floors";

const packageList = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

/** Node and the packages with known holes. */
export const versionsCheck: Check = {
  subject: "versions",
  async look() {
    const node = process.versions.node;
    const old = isOlder(node, NODE_FLOOR)
      ? [
          found("node.old", {
            subject: "Node",
            problem: `This is Node ${node}; Inkwell needs ${NODE_FLOOR} or newer.`,
            fix: `Install Node ${NODE_FLOOR} or newer and restart.`,
          }),
        ]
      : [];
    const packages = tooOld(await installed()).map(({ name, version, floor }) =>
      found("package.old", {
        subject: name,
        problem: `${name} ${version} has a known hole that ${floor} closes.`,
        fix: `Run npm install ${name}@${floor} (or newer), then npm run up.`,
      }),
    );
    return [...old, ...packages];
  },
};

/** npm's own account of what it installed; empty where there is none. */
async function installed(): Promise<z.infer<typeof packageList>> {
  const file = join(process.cwd(), "node_modules", ".package-lock.json");
  const text = await readFile(file, "utf8").catch(() => '{"packages":{}}');
  return packageList.parse(JSON.parse(text));
}
