import { once } from "node:events";
import { createConnection } from "node:net";
import { Binary, Double, Int32, Long } from "bson";
import { expect, test } from "vitest";
import { DirectoryLockedError, startEmbeddedStore } from "./index";
import { connect, freshStore, randomSource, temporaryDirectory } from "./test-kit";

test("hands out long results in batches and forgets killed cursors", async () => {
  const { db } = await freshStore();
  const rows = db.collection<{ n: number; text?: string }>("rows");
  await rows.insertMany(Array.from({ length: 1000 }, (_, n) => ({ n })));
  const seen: number[] = [];
  for await (const { n } of rows.find().sort({ n: 1 }).batchSize(7)) seen.push(n);
  expect(seen).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  const open = rows.find().batchSize(10);
  await open.next();
  const id = open.id;
  await open.close();
  await expect(db.db?.command({ getMore: id, collection: "rows" })).rejects.toMatchObject({ code: 43 });
});

test("keeps a cursor to its collection", async () => {
  const { db } = await freshStore();
  await db.collection("rows").insertMany(Array.from({ length: 200 }, (_, n) => ({ n })));
  const reply = await db.db?.command({ find: "rows", batchSize: 2 }, { promoteLongs: false });
  const getMore = reply?.cursor.id;
  await expect(db.db?.command({ getMore, collection: "others" })).rejects.toMatchObject({ code: 13 });
  const more = await db.db?.command({ getMore, collection: "rows" });
  expect(more?.cursor.nextBatch).toHaveLength(198);
  expect(Number(more?.cursor.id)).toBe(0);
});

test("splits batches where 16 MB are full", async () => {
  const { db } = await freshStore();
  const rows = db.collection<{ text: string }>("rows");
  const text = "x".repeat(1 << 20);
  for (let step = 0; step < 2; step++) await rows.insertMany(Array.from({ length: 10 }, () => ({ text })));
  let bytes = 0;
  for await (const row of rows.find()) bytes += row.text.length;
  expect(bytes).toBe(20 << 20);
});

test("returns every type it keeps as it was stored, also after an update", async () => {
  const { db } = await freshStore();
  const exact = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true };
  const types = db.collection<Record<string, unknown>>("types");
  const document = {
    long: Long.fromString("9007199254740993"),
    small: Long.fromNumber(5),
    int: new Int32(5),
    double: new Double(5),
    negativeZero: new Double(-0),
    bytes: new Binary(Buffer.from([0, 255])),
    date: new Date(-1),
    nothing: null,
    nested: [{ x: Long.fromNumber(1) }, [new Double(2)]],
    text: "zażółć 😀 \0 end",
    __proto__x: 1,
  };
  const { insertedId } = await types.insertOne({ ...document });
  const read = () => types.findOne({ _id: insertedId }, exact);
  const before = await read();
  expect(before).toEqual({ _id: insertedId, ...document, __proto__x: new Int32(1) });
  await types.updateOne({ _id: insertedId }, { $set: { touched: true } });
  await types.updateOne({ _id: insertedId }, { $unset: { touched: "" } });
  expect(await read()).toEqual(before);
});

test("applies writes nobody waits for", async () => {
  const { db } = await freshStore();
  const rows = db.collection("rows");
  await rows.insertOne({ n: 1 }, { writeConcern: { w: 0 } });
  await expect.poll(() => rows.countDocuments()).toBe(1);
});

test("lets others in while it reads a large collection", async () => {
  const { db, store } = await freshStore();
  const rows = db.collection("rows");
  await rows.insertMany(Array.from({ length: 8000 }, (_, n) => ({ n, pad: "x".repeat(50) })));
  const other = await connect(store.uri);
  let scanning = true;
  const scan = rows.countDocuments({ pad: "y" }).finally(() => {
    scanning = false;
  });
  let pings = 0;
  while (scanning) {
    await other.db?.command({ ping: 1 });
    pings++;
  }
  expect(await scan).toBe(0);
  expect(pings).toBeGreaterThan(3);
});

/** Sends bytes as they are and says whether the store hung up or answered. */
async function sendRaw(port: number, bytes: Buffer): Promise<"closed" | "answered"> {
  const socket = createConnection(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  const outcome = Promise.race([
    once(socket, "close").then(() => "closed" as const),
    once(socket, "data").then(() => "answered" as const),
  ]);
  socket.end(bytes);
  const result = await outcome;
  socket.destroy();
  return result;
}

function message(opCode: number, body: Buffer, claimedLength?: number): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(claimedLength ?? 16 + body.length, 0);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, body]);
}

test("ends the connection that sends garbage, and serves the others on", async () => {
  const { db, store } = await freshStore();
  const rows = db.collection("rows");
  await rows.insertOne({ n: 1 });
  const { below } = randomSource(7);
  const noise = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));
  expect(await sendRaw(store.port, Buffer.from("GET / HTTP/1.1\r\n\r\n"))).toBe("closed");
  expect(await sendRaw(store.port, message(2013, Buffer.alloc(0), 100_000_000))).toBe("closed");
  expect(await sendRaw(store.port, message(2013, Buffer.alloc(0), -5))).toBe("closed");
  expect(await sendRaw(store.port, message(2013, Buffer.alloc(5)))).toBe("answered");
  expect(await sendRaw(store.port, message(1, noise(40)))).toBe("answered");
  for (let round = 0; round < 30; round++) await sendRaw(store.port, message(round % 2 ? 2013 : 2004, noise(60)));
  for (let round = 0; round < 10; round++) await sendRaw(store.port, noise(80));
  expect(await rows.countDocuments({ n: 1 })).toBe(1);
});

test("keeps data and indexes over a restart", async () => {
  const dir = await temporaryDirectory();
  const first = await startEmbeddedStore({ dir });
  const before = await connect(first.uri);
  await before.collection("users").createIndex({ email: 1 }, { unique: true });
  await before.collection("users").insertMany([{ email: "a", tags: ["x", "y"] }, { email: "b" }]);
  await before.collection("users").createIndex({ tags: 1 });
  await before.collection("gone").insertOne({ n: 1 });
  await before.collection("gone").drop();
  await before.close();
  await first.close();
  const { db } = await freshStore({ dir });
  expect(await db.collection("users").distinct("email")).toEqual(["a", "b"]);
  expect(await db.collection("users").countDocuments({ tags: { $in: ["x", "y"] } })).toBe(1);
  await expect(db.collection("users").insertOne({ email: "a" })).rejects.toMatchObject({ code: 11000 });
  expect((await db.listCollections()).map(({ name }) => name)).toEqual(["users"]);
});

test("drops collections and databases, which start empty when used again", async () => {
  const { db } = await freshStore();
  const rows = db.collection("rows");
  await rows.insertMany([{ n: 1 }, { n: 2 }]);
  await rows.createIndex({ n: 1 });
  await rows.drop();
  await rows.insertOne({ n: 3 });
  expect(await rows.distinct("n")).toEqual([3]);
  expect(await rows.indexes()).toHaveLength(1);
  await db.useDb("other").collection("rows").insertOne({ n: 1 });
  await db.dropDatabase();
  const { databases } = await db.listDatabases();
  expect(databases.map(({ name }) => name)).toEqual(["other"]);
});

test("serves a directory once, and gives it back on closing", async () => {
  const { store, dir } = await freshStore();
  await expect(startEmbeddedStore({ dir })).rejects.toBeInstanceOf(DirectoryLockedError);
  await store.close();
  const again = await startEmbeddedStore({ dir });
  await again.close();
});
