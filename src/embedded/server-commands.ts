import { type Doc, MAX_DOCUMENT_BYTES } from "./bson-values";
import type { Command, CommandContext } from "./command";
import { StoreError } from "./errors";
import { MAX_MESSAGE_BYTES } from "./wire-protocol";

/** The server version whose behaviour is followed. */
export const SERVER_VERSION = "8.0.0";
const WIRE_VERSION = 25;
export const MAX_WRITE_BATCH = 100_000;

function helloReply(_command: Doc, { connectionId, storeId }: CommandContext): Doc {
  // no setName: drivers then see a standalone server and send neither transactions nor retryable writes
  return {
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: MAX_WRITE_BATCH,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    embeddedStoreId: storeId,
  };
}

const HELLO_FIELDS = ["helloOk", "client", "compression", "loadBalanced", "saslSupportedMechs", "backpressure"];
const hello: Command = { fields: HELLO_FIELDS, run: helloReply };

const empty: Command = { fields: [], run: () => ({}) };

const buildInfo: Command = {
  fields: [],
  run: () => ({
    version: SERVER_VERSION,
    versionArray: [...SERVER_VERSION.split(".").map(Number), 0],
    gitVersion: "embedded",
    modules: ["inkwell-embedded-store"],
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    storageEngines: ["lmdb"],
  }),
};

const transaction: Command = {
  fields: [],
  run() {
    throw new StoreError(263, "Transactions are not supported: the embedded store is a standalone server");
  },
};

const authentication: Command = {
  fields: ["mechanism", "payload", "options", "db"],
  run() {
    throw new StoreError(18, "The embedded store has no users: use a connection string without credentials");
  },
};

/** Commands about the server and its sessions. */
export const serverCommands: Record<string, Command> = {
  hello,
  ismaster: hello,
  isMaster: hello,
  ping: empty,
  endSessions: empty,
  buildInfo,
  buildinfo: buildInfo,
  commitTransaction: transaction,
  abortTransaction: transaction,
  saslStart: authentication,
};
