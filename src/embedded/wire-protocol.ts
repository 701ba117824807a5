import type { Long } from "bson";
import { type Doc, decode, encode, isDocument } from "./bson-values";
import { StoreError } from "./errors";

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const REQUIRED_FLAGS = 0xffff;
/** The largest message either side sends. */
export const MAX_MESSAGE_BYTES = 48_000_000;

/** A command as it came over the wire. */
export interface Request {
  id: number;
  /** The driver's first hello may come as OP_QUERY and is answered in kind. */
  legacy: boolean;
  /** The client waits for no reply. */
  moreToCome: boolean;
  command: Doc;
  /** Documents of an insert, left encoded because they are stored as they are. */
  documents?: Buffer[];
}

/** Cuts the stream of one connection into messages. */
export class MessageSplitter {
  private chunks: Buffer[] = [];
  private available = 0;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.available += chunk.length;
  }

  /** The next whole message, or undefined until more has come. Throws on what cannot be a message. */
  next(): Buffer | undefined {
    if (this.available < 4) return undefined;
    let [first = Buffer.alloc(0)] = this.chunks;
    if (first.length < 4) first = this.join();
    const length = first.readInt32LE(0);
    if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
      throw new StoreError(17, `a message of ${length} bytes cannot be`);
    }
    if (this.available < length) return undefined;
    const whole = first.length >= length ? first : this.join();
    const rest = whole.subarray(length);
    this.chunks = rest.length > 0 ? [rest, ...this.chunks.slice(1)] : this.chunks.slice(1);
    this.available -= length;
    return whole.subarray(0, length);
  }

  private join(): Buffer {
    const joined = Buffer.concat(this.chunks);
    this.chunks = [joined];
    return joined;
  }
}

/** Sizes are claims of the sender: none is believed beyond the bytes that are there. */
function documentAt(message: Buffer, offset: number, end: number): Buffer {
  const length = offset + 5 <= end ? message.readInt32LE(offset) : 0;
  if (length < 5 || offset + length > end) throw new StoreError(22, "a document is longer than its message");
  return message.subarray(offset, offset + length);
}

function nameEnd(message: Buffer, offset: number, end: number): number {
  const zero = message.indexOf(0, offset);
  if (zero < 0 || zero >= end) throw new StoreError(22, "a name does not end");
  return zero;
}

function parseMessage(message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) {
    throw new StoreError(50738, "unknown required OP_MSG flag");
  }
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let command: Doc | undefined;
  let documents: Buffer[] | undefined;
  const sequences: Doc = {};
  let offset = HEADER_BYTES + 4;
  while (offset < end) {
    const kind = message[offset++];
    if (kind === 0) {
      const body = documentAt(message, offset, end);
      command = decode(body);
      offset += body.length;
    } else if (kind === 1) {
      const section = documentAt(message, offset, end);
      const zero = nameEnd(section, 4, section.length);
      const name = section.toString("utf8", 4, zero);
      const items: Buffer[] = [];
      for (let at = zero + 1; at < section.length; ) {
        const item = documentAt(section, at, section.length);
        items.push(item);
        at += item.length;
      }
      if (name === "documents") documents = items;
      else sequences[name] = items.map(decode);
      offset += section.length;
    } else {
      throw new StoreError(40432, `Unknown section kind ${kind}`);
    }
  }
  if (!command) throw new StoreError(22, "the message has no body");
  const moreToCome = (flags & MORE_TO_COME) !== 0;
  return { id: message.readInt32LE(4), legacy: false, moreToCome, command: { ...command, ...sequences }, documents };
}

function parseQuery(message: Buffer): Request {
  const zero = nameEnd(message, HEADER_BYTES + 4, message.length);
  const namespace = message.toString("utf8", HEADER_BYTES + 4, zero);
  if (!namespace.endsWith(".$cmd")) throw new StoreError(352, "OP_QUERY is supported for hello only");
  const body = decode(documentAt(message, zero + 9, message.length));
  const command = isDocument(body.$query) ? body.$query : body;
  const $db = namespace.slice(0, -".$cmd".length);
  return { id: message.readInt32LE(4), legacy: true, moreToCome: false, command: { ...command, $db } };
}

/** Reads one message. */
export function parseRequest(message: Buffer): Request {
  const operation = message.readInt32LE(12);
  if (operation === OP_MSG && message.length >= HEADER_BYTES + 9) return parseMessage(message);
  if (operation === OP_QUERY && message.length >= HEADER_BYTES + 17) return parseQuery(message);
  throw new StoreError(352, `Unsupported OP code ${operation}`);
}

let lastReplyId = 0;

/** Wraps an encoded reply for the request it answers. */
export function frameReply(reply: Buffer, request: Pick<Request, "id" | "legacy">): Buffer {
  const header = Buffer.alloc(request.legacy ? 36 : 21);
  lastReplyId = (lastReplyId + 1) & 0x7fffffff;
  header.writeInt32LE(header.length + reply.length, 0);
  header.writeInt32LE(lastReplyId, 4);
  header.writeInt32LE(request.id, 8);
  header.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    header.writeInt32LE(8, 16); // AwaitCapable, as servers have always answered
    header.writeInt32LE(1, 32);
  }
  return Buffer.concat([header, reply]);
}

const DOCUMENT_TYPE = 3;
const ARRAY_TYPE = 4;

function element(type: number, name: string, value: Buffer): Buffer[] {
  return [Buffer.from([type]), Buffer.from(`${name}\0`, "latin1"), value];
}

function wrap(parts: Buffer[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32LE(parts.reduce((sum, part) => sum + part.length, 0) + 5);
  return Buffer.concat([length, ...parts, Buffer.alloc(1)]);
}

/** `{ cursor: { firstBatch | nextBatch, id, ns }, ok: 1 }` around documents that stay as they are encoded. */
export function cursorReply(rows: Buffer[], id: Long, ns: string, batchName: "firstBatch" | "nextBatch"): Buffer {
  const fieldsOf = (document: Doc) => encode(document).subarray(4, -1);
  const batch = wrap(rows.flatMap((row, position) => element(DOCUMENT_TYPE, String(position), row)));
  const cursor = wrap([...element(ARRAY_TYPE, batchName, batch), fieldsOf({ id, ns })]);
  return wrap([...element(DOCUMENT_TYPE, "cursor", cursor), fieldsOf({ ok: 1 })]);
}
