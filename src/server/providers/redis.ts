import { createHash } from "node:crypto";
import { once } from "node:events";
import { errors, Redis, type UpstashRequest, type UpstashResponse } from "@upstash/redis";
import { Redis as Connection, ReplyError } from "ioredis";
import { quickest } from "@/server/lib/quickest";
import { settleWithin } from "@/server/lib/settle-within";

/** One command must be answered within this time. REST crosses the internet, and its first call makes a TLS handshake. */
const DEADLINE_MS = { tcp: 200, rest: 1_000 } as const;
const CONNECT_MS = 2_000;
const MAX_RECONNECT_MS = 1_000;
/** So many commands in a row without any answer mean a dead connection, which TCP alone notices only after minutes. */
const MAX_SILENCE = 3;

export interface RedisAddress {
  /** The Upstash REST endpoint and its token. Taken before `tcpUrl` when both are given. */
  restUrl?: string | undefined;
  restToken?: string | undefined;
  /** `redis://` or `rediss://`. */
  tcpUrl?: string | undefined;
}

export interface RedisHandle {
  /**
   * Hands replies over as Redis sends them: text stays text, even when it looks like JSON, and HGETALL and XRANGE are
   * flat arrays. While Redis is away every command rejects within its deadline; the client finds back by itself.
   */
  client: Redis;
  /** Resolves when Redis answers, rejects when it does not. */
  ping(): Promise<void>;
  /** What Redis says of itself. Rejects when it does not answer. */
  describe(): Promise<RedisDescription>;
  /** Ends the connection for good. */
  close(): Promise<void>;
}

export interface RedisDescription {
  at: Date;
  /** The quickest of a few round trips. */
  ms: number;
  /** The lines of INFO by name; empty where it may not be read. */
  info: Record<string, string>;
}

/** The one way to Redis: Upstash's client, over REST when there is an endpoint, over TCP to any Redis 7 otherwise. */
export function createRedis({ restUrl, restToken, tcpUrl }: RedisAddress): RedisHandle {
  if (restUrl && restToken) return handle(createRestClient(restUrl, restToken), async () => {});
  if (!tcpUrl) throw new Error("Redis needs an address: a REST endpoint with its token, or a redis:// URL.");
  const connection = connect(tcpUrl);
  return handle(new TcpRedis(connection), () => disconnect(connection));
}

function handle(client: Redis, close: () => Promise<void>): RedisHandle {
  return {
    client,
    close,
    async ping() {
      const reply = await client.ping();
      if (reply !== "PONG") throw new Error("Redis answered a PING with something else.");
    },
    async describe() {
      const ms = await quickest(() => client.ping());
      const [seconds, microseconds] = await client.time();
      const at = new Date(Number(seconds) * 1_000 + Number(microseconds) / 1_000);
      // The SDK has no INFO of its own. A hosted Redis may keep it to itself.
      const text = await client.eval<[], string>(`return redis.call("INFO")`, [], []).catch(() => "");
      return {
        at,
        ms,
        info: Object.fromEntries([...text.matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name, it]) => [name, it])),
      };
    },
  };
}

function createRestClient(url: string, token: string): Redis {
  const client = new Redis({
    url,
    token,
    automaticDeserialization: false,
    enableTelemetry: false,
    // `retry: false` would still mean one retry. Callers decide what a failure means; a lock must not be asked for twice.
    retry: { retries: 0 },
    signal: () => AbortSignal.timeout(DEADLINE_MS.rest),
  });
  client.use(async (request, next) => {
    try {
      return await next(request);
    } catch (error) {
      // The SDK quotes the whole command, stored text included. That must not reach a log.
      throw new Error(`Redis refused or did not answer: ${reasonOf(error)}`);
    }
  });
  return client;
}

/** What went wrong, without the command it happened to. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown error";
  if (error instanceof errors.UpstashJSONParseError) return "the reply was not JSON";
  if (error instanceof errors.UpstashError) return error.message.replace(/, command was: .*/s, "");
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

function connect(url: string): Connection {
  return new Connection(url, {
    // Whatever was sent when the connection broke may have been carried out: it fails at once and is never sent again.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    // For what ioredis itself asks when it connects; our own commands have a shorter deadline.
    commandTimeout: CONNECT_MS,
    connectTimeout: CONNECT_MS,
    // Each write to a socket wakes Redis: what is asked in one turn goes together.
    enableAutoPipelining: true,
    retryStrategy: (attempt) => Math.min(attempt * 50, MAX_RECONNECT_MS),
  });
}

async function disconnect(connection: Connection): Promise<void> {
  // Between two attempts there is nothing to wait for: ioredis stops trying and reports no end.
  const isOpen = connection.status !== "end" && connection.status !== "reconnecting";
  const ended = isOpen ? new Promise<void>((resolve) => connection.once("end", () => resolve())) : undefined;
  connection.disconnect();
  await ended;
}

/** Upstash's client over a TCP connection. The SDK takes no options beside a requester of one's own, hence the class. */
class TcpRedis extends Redis {
  constructor(connection: Connection) {
    super(new TcpRequester(connection));
    this.opts = { automaticDeserialization: false };
  }
}

type Reply = { result: unknown } | { error: string };

/** Answers the SDK's requests as the REST endpoint would: commands, pipelines and transactions. */
class TcpRequester {
  /** SHA-1 of a script as the SDK knows it → SHA-1 of what plain Redis was given instead. */
  private readonly scriptAliases = new Map<string, string>();
  private lastConnectionError = "no connection yet";
  private opening: Promise<unknown> | undefined;
  private silence = 0;

  constructor(private readonly connection: Connection) {
    // Without a listener a refused connection would end the process.
    connection.on("error", (error: Error) => {
      this.lastConnectionError = error.message;
    });
    connection.on("ready", () => {
      this.silence = 0;
    });
  }

  async request<TResult = unknown>(request: UpstashRequest): Promise<UpstashResponse<TResult>> {
    await this.whenReady();
    const reply = await this.answer(request);
    // TResult is the SDK's own claim about Redis's replies; there is nothing to check it against.
    return reply as UpstashResponse<TResult>;
  }

  private answer({ path, body }: UpstashRequest): Promise<Reply | Reply[]> {
    const route = path?.join("/") ?? "";
    if (route === "") return this.run(commandFrom(body));
    if (route === "pipeline") return Promise.all(commandsFrom(body).map((command) => this.run(command)));
    if (route === "multi-exec") return this.transact(commandsFrom(body));
    throw new Error(`"${route}" is offered over REST only.`);
  }

  private async run(command: string[]): Promise<Reply> {
    const [name = "", ...args] = this.translate(command);
    try {
      const result: unknown = await settleWithin(DEADLINE_MS.tcp, this.connection.call(name, ...args));
      this.silence = 0;
      return { result: asFlatArray(name, result) };
    } catch (error) {
      return this.failed(error);
    }
  }

  private async transact(commands: string[][]): Promise<Reply | Reply[]> {
    const translated = commands.map((command) => this.translate(command));
    const transaction = this.connection.multi();
    for (const [name = "", ...args] of translated) transaction.call(name, ...args);
    try {
      const results = await settleWithin(DEADLINE_MS.tcp, transaction.exec());
      this.silence = 0;
      if (!results) throw new Error("the transaction was discarded");
      return results.map(([error, result], index) =>
        error ? { error: error.message } : { result: asFlatArray(translated[index]?.[0] ?? "", result) },
      );
    } catch (error) {
      return this.failed(error);
    }
  }

  /** What Redis refused becomes a reply, as over REST; what it never answered is thrown. */
  private failed(error: unknown): Reply {
    // Only the message is passed on: ioredis hangs the command's arguments on its errors.
    const message = error instanceof Error ? error.message : "an unknown error";
    if (error instanceof ReplyError) {
      this.silence = 0;
      return { error: message };
    }
    this.silence += 1;
    // Once: until it is closed the connection passes for ready, and each of a crowd would close it again.
    if (this.silence === MAX_SILENCE && this.connection.status === "ready") this.connection.disconnect(true);
    throw new Error(`Redis did not answer: ${message}`);
  }

  /** Waits for a connection that is just being made. Between two attempts it rejects at once: callers do without. */
  private async whenReady(): Promise<void> {
    const { connection } = this;
    if (connection.status === "ready") return;
    try {
      if (connection.status !== "connecting" && connection.status !== "connect") {
        throw new Error(connection.status === "end" ? "the connection was closed" : this.lastConnectionError);
      }
      this.opening ??= this.untilReady().finally(() => {
        this.opening = undefined;
      });
      await this.opening;
    } catch (error) {
      throw new Error(`Redis is away: ${error instanceof Error ? error.message : this.lastConnectionError}`);
    }
  }

  private async untilReady(): Promise<void> {
    const given = new AbortController();
    try {
      await settleWithin(DEADLINE_MS.tcp, once(this.connection, "ready", { signal: given.signal }));
    } finally {
      given.abort();
    }
  }

  /**
   * Scripts for Upstash open with a line of flags that plain Redis refuses. They run without it, under another SHA-1,
   * which EVALSHA has to be led to.
   */
  private translate(command: string[]): string[] {
    const [name = "", script = "", ...rest] = command;
    switch (name.toLowerCase()) {
      case "eval":
      case "eval_ro": {
        const plain = script.replace(/^#!lua[^\n]*\n/, "");
        if (plain !== script) this.scriptAliases.set(sha1(script), sha1(plain));
        return [name, plain, ...rest];
      }
      case "evalsha":
      case "evalsha_ro":
        return [name, this.scriptAliases.get(script) ?? script, ...rest];
      default:
        return command;
    }
  }
}

function commandFrom(body: unknown): string[] {
  if (!Array.isArray(body)) throw new Error("A Redis command must be a list.");
  return body.map(String);
}

function commandsFrom(body: unknown): string[][] {
  if (!Array.isArray(body)) throw new Error("A Redis pipeline must be a list of commands.");
  return body.map(commandFrom);
}

/** Undoes ioredis's own reading of HGETALL; the SDK expects names and values in turn, as Redis sends them. */
function asFlatArray(name: string, result: unknown): unknown {
  const isObject = typeof result === "object" && result !== null && !Array.isArray(result);
  return name.toLowerCase() === "hgetall" && isObject ? Object.entries(result).flat() : result;
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}
