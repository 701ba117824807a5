import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { settleWithin } from "./settle-within";

test("gives what came in time, and rejects what did not", async () => {
  await expect(settleWithin(100, sleep(10, "come"))).resolves.toBe("come");
  await expect(settleWithin(100, Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  const startedAt = performance.now();
  await expect(settleWithin(100, sleep(2_000, "too late", { ref: false }))).rejects.toThrow("no answer within 100 ms");
  expect(performance.now() - startedAt).toBeGreaterThan(95);
});

test("an answer that came while this process was busy is in time", async () => {
  const server = createServer((socket) => socket.end("come")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const answer = settleWithin(100, once(connect(address.port, "127.0.0.1"), "data"));
  for (const until = performance.now() + 300; performance.now() < until; );
  expect(String(await answer)).toBe("come");
  server.close();
});
