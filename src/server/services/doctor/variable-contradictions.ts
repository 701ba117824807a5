import type { Finding } from "@/shared/operations";
import { found } from "./findings";
import type { Environment } from "./patient";

/** Two that say nothing without each other. */
const PAIRS = [
  ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"],
  ["PAYPAL_CLIENT_ID", "PAYPAL_CLIENT_SECRET"],
] as const;

/** What has no effect without the other. */
const NEEDS = [
  ["PAYPAL_WEBHOOK_ID", "PAYPAL_CLIENT_ID"],
  ["PAYPAL_MERCHANT_ID", "PAYPAL_CLIENT_ID"],
  ["PAYPAL_PLAN_ID", "PAYPAL_CLIENT_ID"],
  ["REPLICATE_WEBHOOK_SECRET", "REPLICATE_API_TOKEN"],
] as const;

/** Durations of which the first has to be the shorter one: its default, the longer one and its default, and why. */
const SHORTER: readonly (readonly [string, number, string, number, string])[] = [
  ["LEASE_HEARTBEAT_MS", 10_000, "LEASE_MS", 60_000, "work under way is taken for abandoned and given back"],
  ["CHAT_FIRST_CONTENT_MS", 30_000, "CHAT_TOTAL_MS", 120_000, "answers are cut off before they may begin"],
  ["CHAT_IDLE_MS", 15_000, "CHAT_TOTAL_MS", 120_000, "answers are cut off sooner than a pause in them"],
  ["PROVIDER_RETRY_MIN_MS", 200, "PROVIDER_RETRY_MAX_MS", 800, "the pause before another try has no length"],
  ["BREAKER_REST_MS", 15_000, "BREAKER_REST_MAX_MS", 120_000, "a failing model is left alone for longer than ever"],
  ["IMAGE_TOTAL_MS", 120_000, "IMAGE_LATE_MS", 3_000_000, "images are given up while people still watch"],
  ["IMAGE_STORE_RETRY_MS", 2_000, "IMAGE_STORE_RETRY_MAX_MS", 60_000, "the pauses between two tries do not grow"],
];

/** Variables that do not go together. */
export function contradictions(set: Environment): Finding[] {
  return [...halves(set), ...idle(set), ...twoRedis(set), ...playMoney(set), ...order(set)];
}

function halves(set: Environment): Finding[] {
  return PAIRS.flatMap(([one, other]) => {
    if (Boolean(set[one]) === Boolean(set[other])) return [];
    const [there, missing] = set[one] ? [one, other] : [other, one];
    return [
      found("env.half", {
        subject: missing,
        problem: `${there} is set and ${missing} is not, so neither has any effect.`,
        fix: `Set ${missing} too, or remove ${there}.`,
      }),
    ];
  });
}

function idle(set: Environment): Finding[] {
  return NEEDS.flatMap(([name, needed]) => {
    if (!set[name] || set[needed]) return [];
    return [
      found("env.idle", {
        subject: name,
        problem: `It has no effect without ${needed}.`,
        fix: `Set ${needed} too, or remove ${name}.`,
      }),
    ];
  });
}

function twoRedis(set: Environment): Finding[] {
  if (!set.REDIS_URL || !set.UPSTASH_REDIS_REST_URL || !set.UPSTASH_REDIS_REST_TOKEN) return [];
  return [
    found("env.two-redis", {
      subject: "REDIS_URL",
      problem: "Two Redis are set. The one of UPSTASH_REDIS_REST_URL is used, and REDIS_URL is not.",
      fix: "Remove REDIS_URL, or both UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN.",
    }),
  ];
}

function playMoney(set: Environment): Finding[] {
  const real = ["GEMINI_API_KEY", "OPENAI_API_KEY", "REPLICATE_API_TOKEN"].find((name) => set[name]);
  const keyed = set.PAYPAL_CLIENT_ID && set.PAYPAL_CLIENT_SECRET;
  if (!real || !keyed || set.PAYPAL_ENVIRONMENT !== "sandbox") return [];
  return [
    found("paypal.play-money", {
      subject: "PAYPAL_ENVIRONMENT",
      problem: `Payments go to PayPal's sandbox while ${real} costs real money, so nothing can be bought.`,
      fix: "Set PAYPAL_ENVIRONMENT to live, with PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET of a live app.",
    }),
  ];
}

function order(set: Environment): Finding[] {
  return SHORTER.flatMap(([short, shortDefault, long, longDefault, why]) => {
    if (Number(set[short] ?? shortDefault) <= Number(set[long] ?? longDefault)) return [];
    return [
      found("env.order", {
        subject: short,
        problem: `${short} is longer than ${long}: ${why}.`,
        fix: `Make ${short} shorter than ${long}, or remove both.`,
      }),
    ];
  });
}
