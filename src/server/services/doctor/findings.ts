import type { Finding } from "@/shared/operations";

/**
 * Everything the doctor can find, and how bad it is: `error` when something does not work or money is at stake, `warn`
 * when it will, `info` when it is only worth knowing. `docs/operators/doctor.md` says what each means.
 */
export const LEVELS = {
  "env.invalid": "error",
  "env.unknown": "warn",
  "env.half": "error",
  "env.idle": "warn",
  "env.two-redis": "warn",
  "env.order": "error",
  "env.weak-secret": "error",
  "env.quiet-log": "warn",
  "env.loose-limits": "warn",

  "address.insecure": "warn",
  "address.port": "error",
  "address.elsewhere": "error",
  "address.unreachable": "warn",

  "mongodb.away": "error",
  "mongodb.login": "error",
  "mongodb.old": "error",
  "mongodb.read-only": "error",
  "mongodb.read-concern": "warn",
  "mongodb.slow": "warn",
  "mongodb.alone": "info",
  "index.missing": "error",

  "embedded.broken": "error",
  "embedded.large": "warn",
  "embedded.one-machine": "info",

  "redis.away": "error",
  "redis.login": "error",
  "redis.old": "error",
  "redis.evicts": "warn",
  "redis.full": "warn",
  "redis.slow": "warn",
  "redis.needed": "error",
  "redis.unset": "info",

  "provider.key": "error",
  "provider.model": "error",
  "provider.away": "error",
  "provider.garbled": "error",
  "provider.limited": "warn",
  "provider.failing": "warn",
  "provider.unpriced": "warn",
  "provider.unset": "info",

  "sandbox.away": "error",
  "sandbox.mixed": "warn",
  "sandbox.public": "warn",

  "paypal.play-money": "error",
  "paypal.unreachable": "warn",
  "paypal.webhook-unset": "warn",
  "paypal.webhook-unknown": "error",
  "paypal.webhook-elsewhere": "error",
  "paypal.webhook-events": "error",
  "paypal.plan-unknown": "error",
  "paypal.plan-currency": "error",
  "paypal.plan-dear": "warn",

  "replicate.secret": "error",
  "replicate.webhook-unset": "info",

  "clock.skew": "error",

  "disk.full": "error",
  "disk.low": "warn",
  "disk.unwritable": "error",

  "node.old": "error",
  "package.old": "error",

  "settings.no-chat": "error",
  "settings.free": "warn",
  "settings.maintenance": "warn",
  "settings.off": "info",

  "work.overdue": "error",
  "webhook.failed": "error",
  "webhook.waiting": "warn",
  "purchase.problem": "warn",
  "purchase.waiting": "warn",
  "books.wrong": "error",

  "check.late": "warn",
  "check.failed": "warn",
} as const satisfies Record<string, Finding["level"]>;

export type FindingId = keyof typeof LEVELS;

/** A finding. `fix` is one sentence that names the exact thing to do; none of the texts ever holds a secret. */
export function found(id: FindingId, what: Omit<Finding, "id" | "level">): Finding {
  return { id, level: LEVELS[id], ...what };
}
