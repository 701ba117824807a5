import { Instance } from "@models";
import { policy } from "@/server/lib/policy";
import { redisInUse } from "@/server/providers/configured";
import type { RedisDescription } from "@/server/providers/redis";
import type { Finding } from "@/shared/operations";
import { clockSkew } from "./clock-skew";
import { found } from "./findings";
import type { Check, Environment } from "./patient";
import { isOlder } from "./version-floors";

const FLOOR = "7.0.0";
const SLOW_MS = { tcp: 50, rest: 300 };
const FULL = 0.9;
/** A process that missed so many heartbeats is not there any more. */
const MISSED = 3;

/** Redis: whether it is there, new enough, keeps what it is given, and whether one is needed at all. */
export const redisCheck: Check = {
  subject: "Redis",
  async look({ environment, hasDatabase }) {
    const redis = redisInUse();
    if (!redis) return (await hasDatabase) ? withoutRedis() : [];
    const from = new Date();
    try {
      const description = await redis.describe();
      return [
        ...clockSkew("Redis", description.at, [from, new Date()]),
        ...judgeRedis(description, nameOf(environment)),
      ];
    } catch (error) {
      return [explainRedisAbsence(error, environment)];
    }
  },
};

const usesRest = ({ UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN }: Environment) =>
  Boolean(UPSTASH_REDIS_REST_URL && UPSTASH_REDIS_REST_TOKEN);
const nameOf = (environment: Environment) => (usesRest(environment) ? "UPSTASH_REDIS_REST_URL" : "REDIS_URL");

/** What is wrong with a Redis that answers. What it keeps to itself is taken for well. */
export function judgeRedis({ ms, info }: RedisDescription, subject: "UPSTASH_REDIS_REST_URL" | "REDIS_URL"): Finding[] {
  const { redis_version: version, maxmemory_policy: policy = "", maxmemory, used_memory: used } = info;
  const findings: Finding[] = [];
  if (version && isOlder(version, FLOOR)) {
    const problem = `It is Redis ${version}; Inkwell needs 7 or newer.`;
    findings.push(found("redis.old", { subject, problem, fix: `Upgrade the Redis of ${subject} to 7 or newer.` }));
  }
  if (policy.startsWith("allkeys-")) {
    findings.push(
      found("redis.evicts", {
        subject,
        problem: `Its maxmemory-policy is ${policy}: when memory runs short it throws away rate limits and locks that hold.`,
        fix: "Set maxmemory-policy to volatile-ttl (or noeviction): redis-cli CONFIG SET maxmemory-policy volatile-ttl.",
      }),
    );
  }
  const full = Number(used) / Number(maxmemory);
  if (full > FULL && Number.isFinite(full)) {
    findings.push(
      found("redis.full", {
        subject,
        problem: `${Math.round(full * 100)} % of its memory is used; when it is full, everything that is limited is refused.`,
        fix: "Raise Redis's maxmemory, or give Inkwell a Redis of its own.",
      }),
    );
  }
  const slow = SLOW_MS[subject === "REDIS_URL" ? "tcp" : "rest"];
  if (ms > slow) {
    findings.push(
      found("redis.slow", {
        subject,
        problem: `One round trip takes ${ms} ms, and every limited request makes one; commands are given up soon after.`,
        fix: "Run the app in the same region and network as Redis.",
      }),
    );
  }
  return findings;
}

/** Why Redis cannot be used, in words. */
export function explainRedisAbsence(error: unknown, environment: Environment): Finding {
  const rest = usesRest(environment);
  const subject = nameOf(environment);
  const message = error instanceof Error ? error.message : "";
  if (/NOAUTH|WRONGPASS|NOPERM|Unauthorized|invalid.*token/i.test(message)) {
    return found("redis.login", {
      subject,
      problem: "Redis refuses the password or token, or what it may do.",
      fix: rest
        ? "Set UPSTASH_REDIS_REST_TOKEN to the database's token (not the read-only one)."
        : "Correct the user name and password in REDIS_URL (redis://user:password@host:6379).",
    });
  }
  return found("redis.away", {
    subject,
    problem: "Redis cannot be reached: chatting, images, sign-in and buying are refused until it is back.",
    fix: rest
      ? "Correct UPSTASH_REDIS_REST_URL, and let this machine reach it by HTTPS."
      : "Start Redis, or correct REDIS_URL and let this machine through its firewall.",
  });
}

/** How many processes serve this instance now. */
export function processes(): Promise<number> {
  const since = new Date(Date.now() - MISSED * policy.observability.heartbeatMs);
  return Instance.countDocuments({ seenAt: { $gte: since } });
}

async function withoutRedis(): Promise<Finding[]> {
  const alive = await processes();
  const subject = "REDIS_URL";
  if (alive > 1) {
    return [
      found("redis.needed", {
        subject,
        problem: `${alive} processes serve this instance without a Redis: each has limits and a cache of its own.`,
        fix: `Set ${subject} (or UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN) for all of them, or run one process.`,
      }),
    ];
  }
  return [
    found("redis.unset", {
      subject,
      problem:
        "Limits and the answer cache are in the process's own memory: right for one process, forgotten by a restart.",
      fix: `Nothing has to be done; set ${subject} before a second process is started.`,
    }),
  ];
}
