import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { JsonEvents } from "./json-events";

/** What the pieces are read as: the events, and how they end. */
async function read(...pieces: (string | Uint8Array)[]): Promise<{ events: unknown[]; error?: unknown }> {
  const stream = new Readable({ read: () => undefined });
  // Before anybody reads, as from a connection that brought several at once.
  for (const piece of [...pieces, null]) stream.push(piece);
  const reader = new JsonEvents(stream);
  const events: unknown[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.next();
      if (done) return { events };
      events.push(value);
    }
  } catch (error) {
    return { events, error };
  }
}

test("events are read however they are cut into pieces", async () => {
  const bytes = Buffer.from('data: {"a":"墨水"}\n\n: a comment\n\ndata: {"b":2}\r\n\r\ndata: {"c":3}\n\n');
  const whole = await read(bytes);
  expect(whole).toEqual({ events: [{ a: "墨水" }, { b: 2 }, { c: 3 }] });
  const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect(await read(...single)).toEqual(whole);
});

test("what stands before the trouble is read, then the trouble is told, and nothing that follows it", async () => {
  const trouble = ["data: {no json}\n\n", "<html>\n\n", Uint8Array.of(0xff, 0x0a, 0x0a)];
  for (const piece of trouble) {
    const { events, error } = await read('data: {"a":1}\n\n', piece, 'data: {"b":2}\n\n');
    expect(events).toEqual([{ a: 1 }]);
    expect(error).toBeInstanceOf(Error);
  }
});

test("a stream that ends within an event is no answer", async () => {
  const { events, error } = await read('data: {"a":1}\n\ndata: {"cut');
  expect(events).toEqual([{ a: 1 }]);
  expect(error).toBeInstanceOf(SyntaxError);
});

test("a reader hears at once that the stream broke, and again whenever it asks", async () => {
  const stream = new Readable({ read: () => undefined });
  const reader = new JsonEvents(stream);
  const waiting = reader.next();
  stream.destroy(new Error("connection lost"));
  await expect(waiting).rejects.toThrow("connection lost");
  await expect(reader.next()).rejects.toThrow("connection lost");
});
