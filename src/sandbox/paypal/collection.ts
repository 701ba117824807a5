import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { parseJson } from "../exchange";
import { keep, readKept } from "../keep-files";

/**
 * Records of one kind: in memory, so that a check and the change it allows are one step, and each in a file of its
 * own, so that they outlive a restart.
 */
export class Collection<T extends { id: string; createdAt: number }> {
  private readonly records = new Map<string, T>();
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly dir: string,
    private readonly schema: z.ZodType<T>,
  ) {}

  /** Reads what an earlier run kept. */
  async load(): Promise<void> {
    const files = (await filesIn(this.dir)).filter((file) => file.endsWith(".json"));
    const kept = await Promise.all(files.map((file) => readKept(join(this.dir, file))));
    const records = kept.filter((bytes) => bytes !== undefined).map((bytes) => this.schema.parse(parseJson(bytes)));
    for (const record of records.sort((a, b) => a.createdAt - b.createdAt)) this.records.set(record.id, record);
  }

  get(id: string | undefined): T | undefined {
    return id === undefined ? undefined : this.records.get(id);
  }

  find(fits: (record: T) => boolean): T | undefined {
    return this.list(fits)[0];
  }

  /** Oldest first. */
  list(fits: (record: T) => boolean): T[] {
    return [...this.records.values()].filter(fits);
  }

  /** Holds at once; resolves when the record would survive a crash. Writes follow each other, so none is outrun. */
  save(record: T): Promise<void> {
    this.records.set(record.id, record);
    const written = this.writing.then(() => keep(join(this.dir, `${record.id}.json`), JSON.stringify(record)));
    // Whoever saved hears of a failure; the next write must not.
    this.writing = written.catch(() => undefined);
    return written;
  }
}

async function filesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
