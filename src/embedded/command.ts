import type { Doc } from "./bson-values";
import type { Catalog } from "./catalog";
import type { Cursors } from "./cursors";

/** What a command may use. */
export interface CommandContext {
  catalog: Catalog;
  cursors: Cursors;
  /** Tells this store from any other that may answer at the same address. */
  storeId: string;
  startedAt: number;
  connectionId: number;
}

/** A reply as a document, or already encoded. */
export type Reply = Doc | Buffer;

/** One command: the fields it knows and what it does. */
export interface Command {
  fields: readonly string[];
  run(command: Doc, context: CommandContext, documents?: Buffer[]): Reply | Promise<Reply>;
}
