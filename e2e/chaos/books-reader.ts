import { type Connection, createConnection } from "mongoose";
import type {
  AccountDoc,
  GenerationDoc,
  ImageDoc,
  LedgerEntryDoc,
  MessageDoc,
  OperationDoc,
  PurchaseDoc,
} from "../../prisma-free-models";
import type { Stored } from "./judge-use";
import type { Use } from "./use";

/** Reads the database past the apps and all faults. */
export class BooksReader {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async open(address: string): Promise<BooksReader> {
    return new BooksReader(await createConnection(address).asPromise());
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Accounts without the arrays that only grow. */
  accounts(ids: string[]): Promise<AccountDoc[]> {
    const accounts = this.#connection.collection<AccountDoc>("accounts");
    return accounts.find({ _id: { $in: ids } }, { projection: { closed: 0, applied: 0 } }).toArray();
  }

  ledger(userId: string): Promise<LedgerEntryDoc[]> {
    return this.#connection.collection<LedgerEntryDoc>("ledgerEntries").find({ userId }).toArray();
  }

  operations(ids: string[]): Promise<OperationDoc[]> {
    return this.#connection
      .collection<OperationDoc>("operations")
      .find({ _id: { $in: ids } })
      .toArray();
  }

  messages(ids: string[]): Promise<MessageDoc[]> {
    return this.#connection
      .collection<MessageDoc>("messages")
      .find({ _id: { $in: ids } })
      .toArray();
  }

  generations(ids: string[]): Promise<GenerationDoc[]> {
    return this.#connection
      .collection<GenerationDoc>("generations")
      .find({ _id: { $in: ids } })
      .toArray();
  }

  purchases(): Promise<PurchaseDoc[]> {
    return this.#connection.collection<PurchaseDoc>("purchases").find({}).toArray();
  }

  /** All there is of one use; what is derived first, so that it is never newer than what it derives from. */
  async stored({ kind, targetId, operationId }: Use): Promise<Stored> {
    const message = kind === "chat" ? (await this.messages([targetId]))[0] : null;
    const generation = kind === "image" ? (await this.generations([targetId]))[0] : null;
    const images = generation
      ? await this.#connection.collection<ImageDoc>("images").find({ generationId: targetId }).toArray()
      : [];
    const [operation] = await this.operations([operationId]);
    return { message, generation, images, operation };
  }
}
