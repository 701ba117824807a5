import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import type { Finding } from "@/shared/operations";
import { found } from "./findings";
import type { Check } from "./patient";

const GIB = 1024 ** 3;
const LOW = 2 * GIB;
const FULL = GIB / 4;

/** The directory the embedded store and the sandbox live in: whether it can be written, and has room. */
export const diskCheck: Check = {
  subject: "DATA_DIR",
  async look({ environment: { DATA_DIR } }) {
    if (!DATA_DIR) return [];
    const subject = "DATA_DIR";
    try {
      await access(DATA_DIR, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch {
      return [
        found("disk.unwritable", {
          subject,
          problem: `${DATA_DIR} cannot be written: nothing that happens can be kept.`,
          fix: `Give the user that runs Inkwell the directory (chown -R USER ${DATA_DIR}), or set DATA_DIR to another.`,
        }),
      ];
    }
    const { bavail, bsize } = await statfs(DATA_DIR);
    return judgeSpace(bavail * bsize, DATA_DIR);
  },
};

/** What so many free bytes mean. */
export function judgeSpace(free: number, directory: string): Finding[] {
  if (free >= LOW) return [];
  const subject = "DATA_DIR";
  const fix = `Free space on the disk of ${directory}, or set DATA_DIR to a directory on a larger one and move the data there.`;
  const left = `${inGib(free)} GiB are left on the disk of ${directory}`;
  if (free >= FULL) return [found("disk.low", { subject, problem: `${left}.`, fix })];
  return [found("disk.full", { subject, problem: `${left}: the store ends as soon as it cannot write.`, fix })];
}

/** The embedded store's own limits. */
export const embeddedCheck: Check = {
  subject: "the embedded store",
  async look({ database, hasDatabase, environment: { DATA_DIR } }) {
    if (!(await hasDatabase) || !(await database).embedded) return [];
    const size = DATA_DIR ? await sizeOf(join(DATA_DIR, "store", "data.mdb")) : 0;
    return [
      found("embedded.one-machine", {
        subject: "MONGODB_URI",
        problem: "The embedded store keeps everything on this machine, for processes on this machine.",
        fix: "Nothing has to be done; back DATA_DIR up, and set MONGODB_URI before a second machine is added.",
      }),
      ...judgeSize(size, totalmem()),
    ];
  },
};

/** The store is quick for as long as the machine's memory holds its file. */
export function judgeSize(size: number, memory: number): Finding[] {
  if (size <= memory) return [];
  return [
    found("embedded.large", {
      subject: "MONGODB_URI",
      problem: `The embedded store has ${inGib(size)} GiB, more than this machine's memory (${inGib(memory)} GiB): it gets slow.`,
      fix: "Move to a MongoDB server and set MONGODB_URI, or give the machine more memory.",
    }),
  ];
}

/** 0 when it is not there: another check says so. */
const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

const inGib = (bytes: number) => (bytes / GIB).toFixed(1);
