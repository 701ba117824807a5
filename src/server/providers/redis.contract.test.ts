import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis as Connection } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freePort } from "../../../scripts/lib/ports.mjs";
import { RedisServer } from "../../../tests/redis-server";
import { rejectionOf } from "../../../tests/rejection-of";
import type { Cache } from "./cache";
import { createMemoryCache } from "./memory-cache";
import { createMemoryRateLimiter } from "./memory-rate-limiter";
import type { RateLimiter } from "./rate-limiter";
import { createRedis, type RedisHandle } from "./redis";
import { createRedisAnswerLog } from "./redis-answer-log";
import { createRedisCache } from "./redis-cache";
import { createRedisRateLimiter } from "./redis-rate-limiter";

const MINUTE = 60_000;
const TOKEN = "rest-token";
/** What "at once" may take on a busy machine; a call without a deadline of its own would take seconds or for ever. */
const SOON_MS = 400;

/** Both ways to the same Redis, for what only Redis has to promise. */
const WAYS = ["TCP", "REST"] as const;
const IMPLEMENTATIONS = ["memory", ...WAYS] as const;
type Way = (typeof WAYS)[number];
type Implementation = (typeof IMPLEMENTATIONS)[number];

let server: RedisServer;
let endpoint: RestEndpoint;
let handles: Record<Way, RedisHandle>;

beforeAll(async () => {
  server = await RedisServer.create();
  endpoint = await RestEndpoint.create(server.url);
  handles = {
    TCP: createRedis({ tcpUrl: server.url }),
    REST: createRedis({ restUrl: endpoint.url, restToken: TOKEN }),
  };
});

afterAll(async () => {
  await Promise.all(Object.values(handles ?? {}).map((handle) => handle.close()));
  await endpoint?.close();
  await server?.remove();
});

describe.each(WAYS)("answer log (%s)", (way) => {
  const open = () => createRedisAnswerLog(handles[way].client, { prefix: uniqueKey(), ttlMs: MINUTE });

  test("gives back what was written, from anywhere a reader stopped, once", async () => {
    const log = open();
    await log.append("answer", 0, "Once ");
    await log.append("answer", 5, "upon – ");
    await log.append("answer", 5, "upon – ");
    await log.append("answer", 12, "a time");
    expect(await log.read("answer", 0)).toBe("Once upon – a time");
    expect(await log.read("answer", 12)).toBe("a time");
    expect(await log.read("answer", 18)).toBe("");
    expect(await log.read("another", 0)).toBe("");
  });

  test("tells which answers somebody reads elsewhere", async () => {
    const log = open();
    expect(await log.wanted(["one", "two"])).toEqual([]);
    await log.want("two");
    expect(await log.wanted(["one", "two"])).toEqual(["two"]);
    expect(await log.wanted([])).toEqual([]);
  });

  test("gives nothing where an entry is missing: the stored text has it", async () => {
    const log = open();
    await log.append("answer", 0, "Once ");
    await log.append("answer", 10, "later");
    expect(await log.read("answer", 0)).toBe("Once ");
    expect(await log.read("answer", 3)).toBe("");
  });
});

describe.each(IMPLEMENTATIONS)("rate limiter (%s)", (implementation) => {
  let limiter: RateLimiter;

  beforeAll(() => {
    limiter = limiterOf(implementation);
  });

  test("lets exactly the burst through, however many ask at once", async () => {
    const rule = { intervalMs: MINUTE, burst: 20 };
    const key = uniqueKey();
    const results = await Promise.all(Array.from({ length: 60 }, () => limiter.take(key, rule)));
    expect(results.filter((result) => result.allowed)).toHaveLength(20);
    for (const result of results) {
      if (result.allowed) continue;
      expect(result.retryAfterMs).toBeGreaterThan(MINUTE - 5_000);
      expect(result.retryAfterMs).toBeLessThanOrEqual(MINUTE);
    }
  });

  test("tells truly when the next call will pass, and lets one pass an interval", async () => {
    const rule = { intervalMs: 400, burst: 2 };
    const key = uniqueKey();
    await limiter.take(key, rule);
    await limiter.take(key, rule);
    const retryAfterMs = await refusedFor(limiter, key, rule);
    expect(retryAfterMs).toBeGreaterThanOrEqual(1);
    expect(retryAfterMs).toBeLessThanOrEqual(400);

    await sleep(retryAfterMs / 2);
    expect(await refusedFor(limiter, key, rule)).toBeLessThan(retryAfterMs);
    await sleep(retryAfterMs / 2 + 5);
    expect(await limiter.take(key, rule)).toEqual({ allowed: true });
    await refusedFor(limiter, key, rule);
  });

  test("fills up again to the burst and no further", async () => {
    const rule = { intervalMs: 200, burst: 2 };
    const key = uniqueKey();
    await Promise.all([limiter.take(key, rule), limiter.take(key, rule)]);
    await sleep(750);
    const results = await Promise.all(Array.from({ length: 4 }, () => limiter.take(key, rule)));
    expect(results.filter((result) => result.allowed)).toHaveLength(2);
  });

  test("keeps keys and rules apart", async () => {
    const once = { intervalMs: MINUTE, burst: 1 };
    const [first, second, third] = [uniqueKey(), uniqueKey(), uniqueKey()];
    await limiter.take(first, once);
    expect(await limiter.take(second, once)).toEqual({ allowed: true });
    await refusedFor(limiter, first, once);
    const twice = { intervalMs: MINUTE, burst: 2 };
    await limiter.take(third, twice);
    expect(await limiter.take(third, twice)).toEqual({ allowed: true });
  });
});

describe("rate limiter (memory) alone", () => {
  test("keeps its promises to the millisecond", async () => {
    let now = 1_000_000;
    const limiter = createMemoryRateLimiter({ now: () => now });
    const rule = { intervalMs: 1_000, burst: 3 };
    for (let taken = 0; taken < 3; taken++) await limiter.take("key", rule);
    now += 999;
    expect(await limiter.take("key", rule)).toEqual({ allowed: false, retryAfterMs: 1 });
    now += 1;
    expect(await limiter.take("key", rule)).toEqual({ allowed: true });
    expect(await limiter.take("key", rule)).toEqual({ allowed: false, retryAfterMs: 1_000 });
    now += 2_500;
    expect(await limiter.take("key", rule)).toEqual({ allowed: true });
    expect(await limiter.take("key", rule)).toEqual({ allowed: true });
    expect(await limiter.take("key", rule)).toEqual({ allowed: false, retryAfterMs: 500 });
  });

  test("does not stay shut when the clock is set back", async () => {
    let now = 10 * MINUTE;
    const limiter = createMemoryRateLimiter({ now: () => now });
    const rule = { intervalMs: 1_000, burst: 1 };
    await limiter.take("key", rule);
    now -= 5 * MINUTE;
    expect(await limiter.take("key", rule)).toEqual({ allowed: false, retryAfterMs: 1_000 });
  });

  test("forgets the keys not asked about for longest, and only those", async () => {
    const limiter = createMemoryRateLimiter({ maxKeys: 3 });
    const rule = { intervalMs: MINUTE, burst: 1 };
    for (const key of ["a", "b", "c"]) await limiter.take(key, rule);
    await refusedFor(limiter, "a", rule);
    await limiter.take("d", rule);
    await refusedFor(limiter, "a", rule);
    expect(await limiter.take("b", rule)).toEqual({ allowed: true });
  });
});

describe.each(IMPLEMENTATIONS)("cache (%s)", (implementation) => {
  let cache: Cache;

  beforeAll(() => {
    cache = cacheOf(implementation);
  });

  test.each(["123", "1e3", '{"a":[1,2]}', "null", "true", '"quoted"', "OK", "", "two\nlines", "naïve 🖋 テスト"])(
    "gives %j back as it was",
    async (value) => {
      const key = uniqueKey();
      await cache.set(key, value, MINUTE);
      expect(await cache.get(key)).toBe(value);
    },
  );

  test("gives 200 kB back as they were", async () => {
    const key = uniqueKey();
    const value = "Inkwell 🖋 ".repeat(16_000).slice(0, 200_000);
    await cache.set(key, value, MINUTE);
    expect(await cache.get(key)).toBe(value);
  });

  test("knows nothing of a key that was never set", async () => {
    expect(await cache.get(uniqueKey())).toBeUndefined();
  });

  test("keeps the last value, for its own time", async () => {
    const key = uniqueKey();
    await cache.set(key, "first", MINUTE);
    await cache.set(key, "second", 150.5);
    expect(await cache.get(key)).toBe("second");
    await sleep(200);
    expect(await cache.get(key)).toBeUndefined();
  });

  test("gives a lock to one of many who ask at once", async () => {
    const key = uniqueKey();
    const asked = await Promise.all(Array.from({ length: 50 }, () => lock(cache, key)));
    expect(asked.filter(({ token }) => token)).toHaveLength(1);
    expect(await cache.isLocked(key)).toBe(true);
  });

  test("tells whoever asks for a lock what is kept, and then locks nothing", async () => {
    const key = uniqueKey();
    expect(await cache.getOrLock(key, MINUTE)).toEqual({ token: expect.any(String) });
    expect(await cache.getOrLock(key, MINUTE)).toEqual({});
    await cache.set(key, "known by now", MINUTE);
    expect(await cache.getOrLock(key, MINUTE)).toEqual({ value: "known by now" });
    const other = uniqueKey();
    await cache.set(other, "known before", MINUTE);
    expect(await cache.getOrLock(other, MINUTE)).toEqual({ value: "known before" });
    expect(await cache.isLocked(other)).toBe(false);
  });

  test("frees the lock with what is kept, if it is still the owner's", async () => {
    const key = uniqueKey();
    const token = await lockOf(cache, key);
    await cache.set(key, "by a stranger", MINUTE, "a stranger's token");
    expect(await cache.isLocked(key)).toBe(true);
    await cache.set(key, "by the owner", 150, token);
    expect(await cache.isLocked(key)).toBe(false);
    expect(await cache.get(key)).toBe("by the owner");
    await sleep(200);
    expect(await cache.get(key)).toBeUndefined();
  });

  test("lets only the owner free a lock", async () => {
    const key = uniqueKey();
    const token = await lockOf(cache, key);
    await cache.unlock(key, "a stranger's token");
    expect(await cache.isLocked(key)).toBe(true);
    await cache.unlock(key, token);
    expect(await cache.isLocked(key)).toBe(false);
    expect(await lockOf(cache, key)).not.toBe(token);
  });

  test("frees a lock when its time is over, and the late owner does not free the next one's", async () => {
    const key = uniqueKey();
    const late = await lockOf(cache, key, 120);
    await sleep(170);
    expect(await cache.isLocked(key)).toBe(false);
    await lockOf(cache, key);
    await cache.unlock(key, late);
    expect(await cache.isLocked(key)).toBe(true);
  });

  test("keeps values and locks of one key apart", async () => {
    const key = uniqueKey();
    const token = await lockOf(cache, key);
    await cache.set(key, "value", MINUTE);
    await cache.unlock(key, token);
    expect(await cache.get(key)).toBe("value");
    expect(await cache.isLocked(key)).toBe(false);
  });
});

describe("cache (memory) alone", () => {
  test("stays within its bytes, drops what was not read for longest, and never a lock", async () => {
    const cache = createMemoryCache({ maxBytes: 1_000 });
    const token = await lockOf(cache, "lock");
    for (const key of ["a", "b", "c", "d"]) await cache.set(key, "x".repeat(120), MINUTE);
    expect(await cache.get("a")).toBeDefined();
    await cache.set("e", "x".repeat(120), MINUTE);
    expect(await cache.get("a")).toBeDefined();
    expect(await cache.get("b")).toBeUndefined();
    expect(await cache.isLocked("lock")).toBe(true);
    await cache.unlock("lock", token);
    expect(await cache.isLocked("lock")).toBe(false);
  });

  test("does without a value larger than itself", async () => {
    const cache = createMemoryCache({ maxBytes: 1_000 });
    await cache.set("key", "small", MINUTE);
    await cache.set("key", "x".repeat(2_000), MINUTE);
    expect(await cache.get("key")).toBeUndefined();
  });
});

describe.each(WAYS)("client (%s)", (way) => {
  test("answers a ping", async () => {
    await handles[way].ping();
  });

  test("hands hashes over as Redis sends them", async () => {
    const { client } = handles[way];
    const key = uniqueKey();
    await client.hset(key, { first: "1", second: '{"a":1}' });
    expect(await client.hgetall(key)).toEqual(["first", "1", "second", '{"a":1}']);
    expect(await client.pipeline().hgetall(key).hgetall(uniqueKey()).exec()).toEqual([
      ["first", "1", "second", '{"a":1}'],
      [],
    ]);
    expect(await client.multi().hgetall(key).hlen(key).exec()).toEqual([["first", "1", "second", '{"a":1}'], 2]);
  });

  test("runs scripts with flags, by text and by hash, also after Redis forgot them", async () => {
    const { client } = handles[way];
    const script = '#!lua flags=allow-key-locking\nreturn redis.call("INCR", KEYS[1])';
    const hash = createHash("sha1").update(script).digest("hex");
    const key = uniqueKey();
    expect(await client.eval(script, [key], [])).toBe(1);
    expect(await client.evalsha(hash, [key], [])).toBe(2);
    await client.scriptFlush();
    await expect(client.evalsha(hash, [key], [])).rejects.toThrow("NOSCRIPT");
    expect(await client.multi().eval(script, [key], []).evalsha(hash, [key], []).exec()).toEqual([3, 4]);
  });

  test("limits go on after Redis forgot the limiter's script", async () => {
    const limiter = limiterOf(way);
    const rule = { intervalMs: MINUTE, burst: 2 };
    const key = uniqueKey();
    await limiter.take(key, rule);
    await handles[way].client.scriptFlush();
    expect(await limiter.take(key, rule)).toEqual({ allowed: true });
    await refusedFor(limiter, key, rule);
  });

  test("says what Redis refused without repeating what was stored", async () => {
    const { client } = handles[way];
    const key = uniqueKey();
    await client.rpush(key, "item");
    const error = await rejectionOf(client.append(key, "a secret thought"));
    expect(String(error)).toContain("WRONGTYPE");
    expect(describeWhole(error)).not.toContain("a secret thought");
    const [appended, length] = await client.pipeline().append(key, "more").llen(key).exec({ keepErrors: true });
    expect(appended.error).toContain("WRONGTYPE");
    expect(length.result).toBe(1);
  });
});

describe("client", () => {
  test("waits for its first connection instead of failing the first call", async () => {
    const handle = createRedis({ tcpUrl: server.url });
    const key = uniqueKey();
    await Promise.all([handle.client.set(key, "value"), handle.ping()]);
    expect(await handle.client.get(key)).toBe("value");
    await handle.close();
    await handle.close();
    await expect(handle.ping()).rejects.toThrow("closed");
  });

  test("can be closed before it has connected", async () => {
    const handle = createRedis({ tcpUrl: server.url });
    await soon(() => handle.close());
    await expect(handle.ping()).rejects.toThrow("closed");
  });

  test("asks for an address when there is none", () => {
    expect(() => createRedis({})).toThrow("Redis needs an address");
    expect(() => createRedis({ restUrl: "https://example.org" })).toThrow("Redis needs an address");
  });

  test("tells a wrong REST token without showing it", async () => {
    const handle = createRedis({ restUrl: endpoint.url, restToken: "a-wrong-token" });
    const error = await rejectionOf(handle.client.set(uniqueKey(), "a secret thought"));
    expect(String(error)).toContain("Unauthorized");
    expect(describeWhole(error)).not.toMatch(/a-wrong-token|a secret thought/);
  });

  test("asks the REST endpoint once, also when it fails", async () => {
    const before = endpoint.requests;
    endpoint.failNext();
    await expect(handles.REST.client.get(uniqueKey())).rejects.toThrow("out of order");
    expect(endpoint.requests - before).toBe(1);
  });
});

describe.each(WAYS)("when Redis goes away (%s)", (way) => {
  let away: RedisServer;
  let awayEndpoint: RestEndpoint;
  let handle: RedisHandle;
  let cache: Cache;
  let limiter: RateLimiter;
  const rule = { intervalMs: MINUTE, burst: 1_000 };

  beforeEach(async () => {
    away = await RedisServer.create();
    awayEndpoint = await RestEndpoint.create(away.url);
    handle =
      way === "TCP" ? createRedis({ tcpUrl: away.url }) : createRedis({ restUrl: awayEndpoint.url, restToken: TOKEN });
    cache = createRedisCache(handle.client, { prefix: "test" });
    limiter = createRedisRateLimiter(handle.client);
    await handle.ping();
    await limiter.take("key", rule);
  });

  afterEach(async () => {
    await handle.close();
    await awayEndpoint.close();
    await away.remove();
  });

  test("everything is refused at once, and works again when Redis is back", async () => {
    await away.stop();
    await soon(() => expect(cache.get("key")).rejects.toThrow());
    await soon(() => expect(lock(cache, "key")).rejects.toThrow());
    await soon(() => expect(handle.ping()).rejects.toThrow());
    await soon(() =>
      expect(limiter.take("key", rule)).rejects.toMatchObject({
        name: "AppError",
        code: "SERVICE_UNAVAILABLE",
        cause: expect.any(Error),
      }),
    );

    await away.start();
    await expect.poll(() => handle.ping().then(() => "back", String), { timeout: 5_000, interval: 25 }).toBe("back");
    await cache.set("key", "value", MINUTE);
    expect(await cache.get("key")).toBe("value");
    expect(await limiter.take("key", rule)).toEqual({ allowed: true });
  });

  test("a limit that is not decided in time lets nobody through", async () => {
    away.pause();
    const impatient = createRedisRateLimiter(handle.client, { timeoutMs: 40 });
    await soon(() =>
      expect(impatient.take("key", rule)).rejects.toMatchObject({
        code: "SERVICE_UNAVAILABLE",
        cause: expect.objectContaining({ message: expect.stringContaining("timeout") }),
      }),
    );
    away.resume();
    await expect.poll(() => handle.ping().then(() => "back", String), { timeout: 5_000, interval: 25 }).toBe("back");
  });
});

describe("when Redis hangs (TCP)", () => {
  let hanging: RedisServer;
  let handle: RedisHandle;

  beforeEach(async () => {
    hanging = await RedisServer.create();
    handle = createRedis({ tcpUrl: hanging.url });
    await handle.ping();
  });

  afterEach(async () => {
    await handle.close();
    await hanging.remove();
  });

  test("everything is refused within the deadline, and works again over a new connection", async () => {
    const before = await handle.client.exec(["CLIENT", "ID"]);
    hanging.pause();
    for (let call = 0; call < 4; call++) await soon(() => expect(handle.client.get("key")).rejects.toThrow("Redis"));
    await soon(() =>
      expect(createRedisRateLimiter(handle.client).take("key", { intervalMs: 1, burst: 1 })).rejects.toThrow(),
    );
    hanging.resume();
    await expect.poll(() => handle.ping().then(() => "back", String), { timeout: 5_000, interval: 25 }).toBe("back");
    expect(await handle.client.exec(["CLIENT", "ID"])).not.toBe(before);
  });

  test("an answer that came while this process was busy is in time", async () => {
    hanging.pause();
    const underWay = Promise.all(["a", "b", "c"].map((key) => handle.client.incr(key)));
    await sleep(20);
    hanging.resume();
    for (const until = performance.now() + 500; performance.now() < until; );
    expect(await underWay).toEqual([1, 1, 1]);
  });

  test("a crowd that hears nothing closes the connection once", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    hanging.pause();
    await Promise.allSettled(Array.from({ length: 40 }, () => handle.client.get("key")));
    hanging.resume();
    await expect.poll(() => handle.ping().then(() => "back", String), { timeout: 5_000, interval: 25 }).toBe("back");
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });

  test("what was given up is not sent again to the Redis that comes back", async () => {
    hanging.pause();
    await expect(handle.client.incr("counter")).rejects.toThrow("Redis");
    await hanging.kill();
    await hanging.start();
    await expect.poll(() => handle.ping().then(() => "back", String), { timeout: 5_000, interval: 25 }).toBe("back");
    expect(await handle.client.get("counter")).toBeNull();
  });

  test("what was under way when the connection broke fails at once", async () => {
    hanging.pause();
    const underWay = handle.client.incr("counter");
    await Promise.all([soon(() => expect(underWay).rejects.toThrow("Redis did not answer")), hanging.kill()]);
  });
});

test("a Redis that was never there stops nobody but its callers", async () => {
  const handle = createRedis({ tcpUrl: `redis://127.0.0.1:${await freePort()}` });
  await soon(() => expect(handle.ping()).rejects.toThrow("ECONNREFUSED"));
  await sleep(120);
  await soon(() => expect(handle.ping()).rejects.toThrow("ECONNREFUSED"));
  await soon(() => handle.close());
});

test("a REST endpoint that is not there, or never answers, is given up", async () => {
  const nowhere = createRedis({ restUrl: `http://127.0.0.1:${await freePort()}`, restToken: TOKEN });
  await soon(() => expect(nowhere.ping()).rejects.toThrow("ECONNREFUSED"));

  const silent = createTcpServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { ping } = createRedis({ restUrl: `http://127.0.0.1:${portOf(silent.address())}`, restToken: TOKEN });
  const start = performance.now();
  await expect(ping()).rejects.toThrow("timeout");
  expect(performance.now() - start).toBeLessThan(1_500);
  silent.close();
});

function limiterOf(implementation: Implementation): RateLimiter {
  return implementation === "memory"
    ? createMemoryRateLimiter()
    : createRedisRateLimiter(handles[implementation].client);
}

function cacheOf(implementation: Implementation): Cache {
  return implementation === "memory"
    ? createMemoryCache()
    : createRedisCache(handles[implementation].client, { prefix: `cache-${implementation}` });
}

let keys = 0;

/** A key no other test uses. */
function uniqueKey(): string {
  keys += 1;
  return `key:${keys}`;
}

/** Takes once, expects to be refused, and resolves to the wait. */
async function refusedFor(limiter: RateLimiter, key: string, rule: { intervalMs: number; burst: number }) {
  const result = await limiter.take(key, rule);
  if (result.allowed) throw new Error(`"${key}" was let through where it should have been refused.`);
  return result.retryAfterMs;
}

const lock = (cache: Cache, key: string, ttlMs = MINUTE) => cache.getOrLock(key, ttlMs);

async function lockOf(cache: Cache, key: string, ttlMs = MINUTE): Promise<string> {
  const { token } = await lock(cache, key, ttlMs);
  if (token === undefined) throw new Error(`The lock "${key}" should have been free.`);
  return token;
}

/** Everything a logger could find on an error: message, stack, causes and other properties. */
function describeWhole(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.stack, JSON.stringify({ ...error }), describeWhole(error.cause)].join("\n");
}

async function soon(act: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await act();
  expect(performance.now() - start).toBeLessThan(SOON_MS);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return address.port;
}

/** Speaks the Upstash REST protocol in front of a Redis: what the SDK needs to run unchanged. */
class RestEndpoint {
  requests = 0;
  private failing = false;
  /** Upstash knows scripts by the hash of their full text, flags included. */
  private readonly scripts = new Map<string, string>();

  private constructor(
    private readonly connection: Connection,
    private readonly http: Server,
  ) {
    connection.on("error", () => {
      // Redis goes away in some tests; the endpoint then answers with an error.
    });
    http.on("request", (request, response) => void this.serve(request, response));
  }

  static async create(redisUrl: string): Promise<RestEndpoint> {
    const connection = new Connection(redisUrl, { maxRetriesPerRequest: 0, commandTimeout: 150 });
    const created = new RestEndpoint(connection, createServer().listen(0, "127.0.0.1"));
    await once(created.http, "listening");
    return created;
  }

  get url(): string {
    return `http://127.0.0.1:${portOf(this.http.address())}`;
  }

  /** Answers the next request with a 503. */
  failNext(): void {
    this.failing = true;
  }

  async close(): Promise<void> {
    this.connection.disconnect();
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, "close");
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const { status, body } = await this.answer(request).catch((error: unknown) => ({
      status: 400,
      body: { error: error instanceof Error ? error.message : String(error) },
    }));
    const encoded = request.headers["upstash-encoding"] === "base64" ? base64(body) : body;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(encoded));
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { error: "Unauthorized" } };
    if (this.failing) {
      this.failing = false;
      return { status: 503, body: { error: "out of order" } };
    }
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    if (!Array.isArray(body)) return { status: 400, body: { error: "ERR not a command" } };
    switch (request.url?.replace(/^\/+/, "")) {
      case "":
        return { status: 200, body: { result: await this.run(body.map(String)) } };
      case "pipeline":
        return { status: 200, body: await Promise.all(body.map((command) => this.attempt(command.map(String)))) };
      case "multi-exec": {
        // The tests watch the protocol here, not the isolation: one after the other is enough.
        const results: unknown[] = [];
        for (const command of body) results.push(await this.attempt(command.map(String)));
        return { status: 200, body: results };
      }
      default:
        return { status: 404, body: { error: "ERR no such path" } };
    }
  }

  private attempt(command: string[]): Promise<{ result: unknown } | { error: string }> {
    return this.run(command).then(
      (result) => ({ result }),
      (error: Error) => ({ error: error.message }),
    );
  }

  private async run([name = "", ...args]: string[]): Promise<unknown> {
    const [script = "", ...rest] = args;
    switch (name) {
      case "eval":
        this.scripts.set(createHash("sha1").update(script).digest("hex"), script);
        return this.connection.call(name, script.replace(/^#!lua.*\n/, ""), ...rest);
      case "evalsha": {
        const known = this.scripts.get(script);
        if (known === undefined) throw new Error("NOSCRIPT No matching script. Please use EVAL.");
        return this.run(["eval", known, ...rest]);
      }
      case "script":
        this.scripts.clear();
        return this.connection.call(name, ...args);
      case "hgetall":
        // ioredis makes an object of it.
        return Object.entries(await this.connection.hgetall(script)).flat();
      default:
        return this.connection.call(name, ...args);
    }
  }
}

/** The endpoint's encoding: every text in a result but "OK" in base64, errors as they are. */
function base64(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(base64);
  if (typeof body !== "object" || body === null || !("result" in body)) return body;
  return { result: base64Result(body.result) };
}

function base64Result(result: unknown): unknown {
  if (Array.isArray(result)) return result.map(base64Result);
  return typeof result === "string" && result !== "OK" ? Buffer.from(result).toString("base64") : result;
}
