import { z } from "zod";
import { ledgerEntry } from "./credits";

/** One line of a request's story. */
export const requestLine = z.object({
  at: z.date(),
  level: z.enum(["info", "warn", "error"]),
  /** What it tells of: an event of docs/operators/observability.md, or the log line's own words. */
  event: z.string(),
  /** Its fields, never anything people wrote. */
  fields: z.record(z.string(), z.unknown()),
});
export type RequestLine = z.infer<typeof requestLine>;

/** One call to a provider. */
export const providerCall = z.object({
  id: z.string(),
  at: z.date(),
  provider: z.string(),
  model: z.string(),
  kind: z.enum(["chat", "image", "test"]),
  outcome: z.enum(["answered", "failed", "aborted", "resting"]),
  /** The class of the failure: a status, "timeout", "reset", … */
  failure: z.string().optional(),
  ms: z.int(),
  firstTokenMs: z.int().optional(),
  inputTokens: z.int().optional(),
  outputTokens: z.int().optional(),
  images: z.int().optional(),
  costMicros: z.int(),
  sandbox: z.boolean(),
});
export type ProviderCallView = z.infer<typeof providerCall>;

export const requestInput = z.strictObject({
  requestId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/, "A request id has 8 to 64 letters, digits, hyphens or underscores."),
});
/** What is known of a request: what was called, by whom, what was tried, and what it did to the credits. */
export const requestStory = z.object({
  requestId: z.string(),
  user: z.object({ id: z.string(), email: z.string().optional() }).optional(),
  /** What it made or changed: operations, purchases. */
  things: z.array(
    z.object({
      kind: z.enum(["chat", "image", "purchase"]),
      id: z.string(),
      state: z.string(),
      cost: z.int().optional(),
      errorCode: z.string().optional(),
      at: z.date(),
    }),
  ),
  lines: z.array(requestLine),
  calls: z.array(providerCall),
  ledger: z.array(ledgerEntry),
  audit: z.array(z.object({ id: z.string(), action: z.string(), note: z.string(), at: z.date() })),
});
export type RequestStory = z.infer<typeof requestStory>;

const errorCount = z.object({ failure: z.string(), count: z.int() });
/** How a provider does: what the last 24 hours say, and what each running process thinks of it now. */
export const providerHealth = z.object({
  name: z.string(),
  kind: z.enum(["chat", "image", "storage", "payments"]),
  /** Keys are set, or the sandbox stands in. */
  configured: z.boolean(),
  sandbox: z.boolean(),
  on: z.boolean(),
  models: z.array(
    z.object({
      model: z.string(),
      tier: z.string().optional(),
      calls: z.int(),
      failed: z.int(),
      p50Ms: z.number().nullable(),
      p95Ms: z.number().nullable(),
      firstTokenP50Ms: z.number().nullable(),
      costMicros: z.int(),
      errors: z.array(errorCount),
      /** One for each running process. */
      breakers: z.array(z.object({ instance: z.string(), state: z.enum(["closed", "open", "half-open"]) })),
    }),
  ),
});
export type ProviderHealth = z.infer<typeof providerHealth>;
export const providersReport = z.object({
  providers: z.array(providerHealth),
  /** The processes that serve this instance. */
  instances: z.array(
    z.object({ id: z.string(), startedAt: z.date(), seenAt: z.date(), memoryBytes: z.int(), running: z.int() }),
  ),
  since: z.date(),
});
export type ProvidersReport = z.infer<typeof providersReport>;

export const TESTABLE = ["gemini", "openai", "replicate", "cloudinary", "paypal", "redis", "mongodb"] as const;
export const testProviderInput = z.strictObject({ name: z.enum(TESTABLE) });
export const testProviderOutput = z.object({
  ok: z.boolean(),
  ms: z.int(),
  /** What was found, and when it is not well what to do. */
  message: z.string(),
  sandbox: z.boolean(),
});

/** One thing the doctor looked at. */
export const finding = z.object({
  /** Stable, like `redis.away`. */
  id: z.string(),
  /** `info` is worth knowing and nothing to mend. */
  level: z.enum(["error", "warn", "info"]),
  /** The variable, service or index it is about. */
  subject: z.string(),
  problem: z.string(),
  fix: z.string(),
});
export type Finding = z.infer<typeof finding>;
export const doctorReport = z.object({
  findings: z.array(finding),
  /** How many things were looked at. */
  checks: z.int(),
  checkedAt: z.date(),
  ms: z.int(),
});
export type DoctorReport = z.infer<typeof doctorReport>;

/** What a new operator does first. */
export const checklist = z.array(
  z.object({ id: z.string(), title: z.string(), done: z.boolean(), how: z.string(), href: z.string().optional() }),
);
export type Checklist = z.infer<typeof checklist>;

/** How the service does, for everybody. */
export const statusPage = z.object({
  overall: z.enum(["up", "degraded", "down"]),
  maintenance: z.string().nullable(),
  parts: z.array(
    z.object({
      name: z.enum(["chat", "images", "payments", "storage", "database"]),
      state: z.enum(["up", "degraded", "down", "off"]),
      note: z.string(),
      /** Days in UTC, oldest first: the share of what was asked that was delivered; null without any. */
      days: z.array(z.object({ day: z.date(), delivered: z.number().nullable() })),
    }),
  ),
  asOf: z.date(),
});
export type StatusPage = z.infer<typeof statusPage>;
