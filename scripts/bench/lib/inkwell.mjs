import { randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import { readEnvFiles } from "../../lib/environment.mjs";
import { freePort } from "../../lib/ports.mjs";
import { parts } from "../../lib/providers.mjs";
import { appService } from "../../lib/stack.mjs";
import { json, newKey, newQuestion, orderText } from "./contender.mjs";
import { profiling } from "./profile.mjs";

/** One secret for all of a run's instances: sessions are good at each. */
const SECRET = randomBytes(32).toString("hex");
const LIMIT_SCALE = "10000";
const DRAIN_MS = 5_000;

/**
 * Starts one instance as `npm run up` does in production, against the fake provider.
 * @param {object} rig
 * @param {object} options
 * @param {string} options.name of the contender
 * @param {object} [options.world] whose data and people it serves; the rig's own otherwise
 * @param {object} [options.settings] variables that differ from the defaults
 * @returns {Promise<import("./contender.mjs").Contender & { ask: Function, call: Function, query: Function, people: object[] }>}
 */
export async function startInkwell(rig, { name, world, settings = {} }) {
  const { people, database } = world ?? (await rig.world());
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const environment = {
    ...ownEnvironment(),
    PORT: String(port),
    NEXTAUTH_URL: address,
    NEXTAUTH_SECRET: SECRET,
    MONGODB_URI: database.uri,
    REDIS_URL: rig.redis?.address ?? "",
    SANDBOX_URL: rig.upstream.address,
    LIMIT_SCALE,
    DRAIN_MS: String(DRAIN_MS),
    ...profiling(rig),
    ...settings,
  };
  const service = appService({ environment, host: "127.0.0.1", port, dev: false, say: rig.say });
  const { pid, stop } = await rig.startService(service, DRAIN_MS * 2);
  const cookies = await Promise.all(people.map(cookieOf));
  const headersOf = (connection) => ({
    ...json,
    "trpc-accept": "application/jsonl",
    cookie: cookies[connection % cookies.length],
  });
  const call = (path, input, connection = 0) => ({
    url: `${address}/api/trpc/${path}?batch=1`,
    headers: headersOf(connection),
    body: JSON.stringify({ 0: { json: input } }),
    lines: true,
  });
  const query = (path, input, connection = 0) => ({
    url: `${address}/api/trpc/${path}?batch=1&input=${encodeURIComponent(JSON.stringify({ 0: { json: input } }))}`,
    method: "GET",
    headers: headersOf(connection),
  });
  /** A new question, with whatever else is to be said of it. */
  const askNew = (order, connection, more) =>
    call("chat.send", { content: newQuestion(order), idempotencyKey: newKey(), ...more }, connection);
  return {
    name,
    address,
    people,
    pids: [pid],
    dataPids: [database.pid, rig.redis?.pid].filter(Boolean),
    call,
    query,
    ask: askNew,
    stream: askNew,
    cached: (connection) => call("chat.send", { content: CACHED_QUESTION, idempotencyKey: newKey() }, connection),
    noop: (connection) => query("account.me", null, connection),
    stop,
  };
}

/** Fast, so that the first to ask does not wait. */
const CACHED_QUESTION = `What is ink made of? ${orderText({ first: 1, gap: 1, tokens: 20 })}`;

/** This process's environment without anybody's keys, databases and addresses, those in the environment files included. */
function ownEnvironment() {
  const names = [
    ...Object.keys(readEnvFiles("production")),
    ...parts.flatMap(({ keys }) => keys),
    ...["REDIS_URL", "UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN", "HOST"],
  ];
  return { ...process.env, ...Object.fromEntries(names.map((name) => [name, ""])) };
}

/** A session's cookie, as signing in makes it. */
async function cookieOf({ id, sessionVersion }) {
  const token = await encode({ token: { sub: id, sessionVersion }, secret: SECRET });
  return `next-auth.session-token=${token}`;
}
