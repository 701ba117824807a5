import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import mongoose from "mongoose";
import { expect, onTestFinished, test, vi } from "vitest";
import { connect, freshStore, randomSource, temporaryDirectory } from "./test-kit";

// processes take their time to start on a busy machine
vi.setConfig({ testTimeout: 60_000 });

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

function launch(dir: string, env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN], {
    env: { ...process.env, EMBEDDED_DIR: dir, EMBEDDED_PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function readyUri(child: ChildProcess): Promise<string> {
  let output = "";
  for await (const chunk of child.stdout ?? []) {
    output += chunk;
    const uri = /^embedded store ready (mongodb:\/\/127\.0\.0\.1:\d+)\n/.exec(output)?.[1];
    if (uri) return uri;
  }
  throw new Error(`the store did not start: ${output}`);
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, "exit");
  child.kill(signal);
  const [code] = await exited;
  return code;
}

test("loses no acknowledged write to kill -9, and leaves none half done", async () => {
  const dir = await temporaryDirectory();
  const { below } = randomSource(11);
  const acknowledged = new Set<string>();
  const counters = [0, 0, 0, 0];
  let sequence = 0;
  for (let round = 0; round < 3; round++) {
    const child = launch(dir);
    // a write begun after the kill must not wait for the store to come back
    const options = { maxPoolSize: 24, serverSelectionTimeoutMS: 2000 };
    const db = await mongoose.createConnection(`${await readyUri(child)}/app`, options).asPromise();
    const singles = db.collection<{ key: string }>("singles");
    const batches = db.collection<{ batch: string }>("batches");
    const accounts = db.collection<{ _id: number; n: number; log: number[] }>("accounts");
    if (round === 0) await singles.createIndex({ key: 1 }, { unique: true });

    // what was acknowledged before the last kill is there, whole
    const found = new Set((await singles.find().toArray()).map(({ key }) => key));
    expect([...acknowledged].filter((key) => !found.has(key))).toEqual([]);
    expect(await singles.countDocuments({ key: { $in: [...acknowledged] } })).toBe(acknowledged.size);
    const sizes = await batches.aggregate([{ $group: { _id: "$batch", n: { $sum: 1 } } }]).toArray();
    expect(sizes.filter(({ n }) => n !== 5)).toEqual([]);
    for (const { _id, n, log } of await accounts.find().toArray()) {
      expect(log).toHaveLength(n);
      expect(n).toBeGreaterThanOrEqual(counters[_id] ?? 0);
      expect(n).toBeLessThanOrEqual((counters[_id] ?? 0) + 1);
      counters[_id] = n;
    }

    let stopped = false;
    const repeat = async (write: () => Promise<void>) => {
      while (!stopped) await write();
    };
    const writers = [
      ...Array.from({ length: 8 }, () => async () => {
        const key = `k${sequence++}`;
        await singles.insertOne({ key });
        acknowledged.add(key);
      }),
      async () => {
        const batch = `b${sequence++}`;
        await batches.insertMany(Array.from({ length: 5 }, () => ({ batch })));
      },
      ...counters.map((_, _id) => async () => {
        const update = { $inc: { n: 1 }, $push: { log: sequence++ } };
        const after = await accounts.findOneAndUpdate({ _id }, update, { upsert: true, returnDocument: "after" });
        counters[_id] = after?.n ?? 0;
      }),
    ];
    const running = writers.map((write) => repeat(write).catch((cause: unknown) => cause));
    await new Promise((resolve) => setTimeout(resolve, 150 + below(200)));
    await kill(child, "SIGKILL");
    stopped = true;
    await db.close(true);
    await Promise.all(running);
  }
  // It did write, however slow the machine.
  expect(acknowledged.size).toBeGreaterThan(8);
});

test("refuses a directory that a living process serves, and ends cleanly on SIGTERM", async () => {
  const dir = await temporaryDirectory();
  const first = launch(dir);
  const uri = await readyUri(first);
  const second = launch(dir);
  let complaint = "";
  second.stderr?.on("data", (chunk) => {
    complaint += chunk;
  });
  const [code] = await once(second, "close");
  expect(code).toBe(75);
  expect(complaint).toBe(`The data directory ${dir} is already served by process ${first.pid} at ${uri}.\n`);
  const db = await connect(uri);
  await db.collection("rows").insertOne({ n: 1 });
  expect(await kill(first, "SIGTERM")).toBe(0);
  const { db: after } = await freshStore({ dir });
  expect(await after.collection("rows").countDocuments()).toBe(1);
});

test("takes over the lock of a killed process, also when its number now belongs to another", async () => {
  const dir = await temporaryDirectory();
  const child = launch(dir);
  await readyUri(child);
  const lock = join(dir, "embedded.lock");
  await kill(child, "SIGKILL");
  const holder = JSON.parse(await readFile(lock, "utf8"));
  expect(holder.pid).toBe(child.pid);
  // this very process is alive, but serves nothing at that address
  await writeFile(lock, JSON.stringify({ ...holder, pid: process.pid }));
  const { store, db } = await freshStore({ dir });
  await db.collection("rows").insertOne({ n: 1 });
  await store.close();
  // and here another store answers at that address
  const other = await freshStore();
  await writeFile(lock, JSON.stringify({ ...holder, pid: process.pid, port: other.store.port }));
  const { db: again } = await freshStore({ dir });
  expect(await again.collection("rows").countDocuments()).toBe(1);
});

test("ends when the process that started it is gone", async () => {
  const parent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const child = launch(await temporaryDirectory(), { EMBEDDED_PARENT_PID: String(parent.pid) });
  await readyUri(child);
  const ended = once(child, "exit");
  parent.kill("SIGKILL");
  const [code] = await ended;
  expect(code).toBe(0);
});
