import { type Doc, encode, isDocument, isNumeric, toNumber } from "./bson-values";
import { catalogCommands } from "./catalog-commands";
import { type Command, type CommandContext, checkFields } from "./command";
import { StoreError } from "./errors";
import { readCommands } from "./read-commands";
import { serverCommands } from "./server-commands";
import type { Request } from "./wire-protocol";
import { writeCommands } from "./write-commands";

/** What any command may carry. Sessions have no state here, and there is one server to read from. */
const COMMON_FIELDS = [
  ...["$db", "lsid", "$readPreference", "$clusterTime", "comment", "maxTimeMS", "writeConcern", "readConcern"],
];
const TRANSACTION_FIELDS = ["txnNumber", "autocommit", "startTransaction"];

const commands = new Map<string, Command & { allowed: ReadonlySet<string> }>(
  Object.entries({ ...serverCommands, ...catalogCommands, ...readCommands, ...writeCommands }).map(
    ([name, command]) => [name, { ...command, allowed: new Set([name, ...COMMON_FIELDS, ...command.fields]) }],
  ),
);

function checkConcerns(command: Doc): void {
  const { writeConcern, readConcern } = command;
  const w = isDocument(writeConcern) ? writeConcern.w : undefined;
  if (isNumeric(w) && toNumber(w) > 1) throw new StoreError(2, "cannot use 'w' > 1 when a host is not replicated");
  if (typeof w === "string" && w !== "majority") {
    throw new StoreError(79, `No write concern mode named '${w}' found in replica set configuration`);
  }
  const level = isDocument(readConcern) ? readConcern.level : undefined;
  if (level === "snapshot" || level === "linearizable") {
    throw new StoreError(123, `read concern ${level} needs a replica set`);
  }
}

async function run({ command, documents }: Request, context: CommandContext): Promise<Buffer> {
  const [name = ""] = Object.keys(command);
  const known = commands.get(name);
  if (!known) throw new StoreError(59, `no such command: '${name}'`);
  if (typeof command.$db !== "string") throw new StoreError(40414, "BSON field '$db' is missing but a required field");
  if (TRANSACTION_FIELDS.some((field) => command[field] !== undefined)) {
    throw new StoreError(263, "Transactions are not supported: the embedded store is a standalone server");
  }
  checkFields(name, command, known.allowed);
  checkConcerns(command);
  const reply = await known.run(command, context, documents);
  return Buffer.isBuffer(reply) ? reply : encode({ ...reply, ok: 1 }, true);
}

/** The reply that tells a client what went wrong. */
export function errorReply(cause: unknown): Buffer {
  if (cause instanceof StoreError) {
    const { message: errmsg, code, codeName, details } = cause;
    return encode({ ok: 0, errmsg, code, codeName, ...details });
  }
  const errmsg = `internal error: ${cause instanceof Error ? cause.message : String(cause)}`;
  return encode({ ok: 0, errmsg, code: 8, codeName: "UnknownError" });
}

/** Runs one command and encodes its reply. It never throws: errors become replies. */
export async function dispatch(request: Request, context: CommandContext): Promise<Buffer> {
  try {
    return await run(request, context);
  } catch (cause) {
    if (!(cause instanceof StoreError)) console.error("embedded store:", cause);
    return errorReply(cause);
  }
}
