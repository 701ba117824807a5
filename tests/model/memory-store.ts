import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { models } from "@models";
import mongoose from "mongoose";
import { startEmbeddedStore } from "../../src/embedded";

/** A folder whose disk is memory, where there is one. */
const MEMORY = "/dev/shm";
const EMBEDDED = "inkwell-embedded-store";

/**
 * Moves this file from its embedded store to one that waits for no disk: processes crash here, the store does not, and
 * thousands of commands follow each other. A MongoDB server that was given is used as it is.
 */
export async function moveToMemory(): Promise<void> {
  const world = globalThis.inkwellWorld;
  const server = await mongoose.connection.db?.admin().buildInfo();
  if (!world || !server?.modules?.includes(EMBEDDED)) return;
  const folder = await mkdtemp(path.join(existsSync(MEMORY) ? MEMORY : tmpdir(), "inkwell-model-"));
  const store = await startEmbeddedStore({ dir: folder });
  await mongoose.disconnect();
  await mongoose.connect(store.uri, { writeConcern: { w: "majority", journal: true }, autoIndex: false });
  await Promise.all(models.map((model) => model.createIndexes()));
  const close = world.close.bind(world);
  world.close = async () => {
    await close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
}
