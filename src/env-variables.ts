import { z } from "zod";

const optionalText = z.string().trim().min(1).optional();
const milliseconds = (fallback: number) => z.coerce.number().int().min(1).max(3_600_000).default(fallback);

/** Every variable the app reads, and what it may be. Apart from their reader, so that a bad value can be looked at. */
export const variables = {
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"]).default("info"),
  METRICS_TOKEN: z.string().min(16, "at least 16 characters; make one with: openssl rand -base64 32").optional(),

  NEXTAUTH_SECRET: z.string().min(32, "at least 32 characters; make one with: openssl rand -base64 32"),
  NEXTAUTH_URL: z.url("the address people open, like https://inkwell.example.org"),

  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\/.+/, "an address that starts with mongodb:// or mongodb+srv://"),
  UPSTASH_REDIS_REST_URL: z.url("the https address of the Upstash REST endpoint").optional(),
  UPSTASH_REDIS_REST_TOKEN: optionalText,
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/.+/, "an address that starts with redis:// or rediss://")
    .optional(),

  SANDBOX_URL: z.url("the address of the provider sandbox, like http://127.0.0.1:3001").optional(),
  GEMINI_API_KEY: optionalText,
  GEMINI_MODEL_FAST: z.string().default("gemini-3.1-flash-lite"),
  GEMINI_MODEL_SMART: z.string().default("gemini-3.5-flash"),
  OPENAI_API_KEY: optionalText,
  OPENAI_MODEL_FAST: z.string().default("gpt-5-mini"),
  OPENAI_MODEL_SMART: z.string().default("gpt-5.2"),
  REPLICATE_API_TOKEN: optionalText,
  REPLICATE_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^whsec_([A-Za-z0-9+/]{4}){4,}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      "the signing secret that Replicate shows, which starts with whsec_",
    )
    .optional(),
  REPLICATE_MODEL: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, "a model's name as owner/name")
    .default("black-forest-labs/flux-schnell"),
  CLOUDINARY_URL: z
    .string()
    .regex(/^cloudinary:\/\/[^:]+:[^@]+@.+/, "an address like cloudinary://key:secret@cloud")
    .optional(),

  PAYPAL_CLIENT_ID: optionalText,
  PAYPAL_CLIENT_SECRET: optionalText,
  PAYPAL_ENVIRONMENT: z.enum(["live", "sandbox"]).default("live"),
  PAYPAL_WEBHOOK_ID: optionalText,
  PAYPAL_MERCHANT_ID: optionalText,
  PAYPAL_PLAN_ID: optionalText,
  CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, "a currency's three capital letters, like USD or EUR")
    .default("USD"),
  CREDIT_PACKS: z
    .string()
    .regex(/^\d{1,7}=\d{1,7}(\.\d{1,2})?(,\s*\d{1,7}=\d{1,7}(\.\d{1,2})?)*$/, "credits=price, like 10=1.00,50=5.00")
    .default("10=1.00,20=2.00,50=5.00"),
  SUBSCRIPTION_CREDITS: z.coerce.number().int().min(1).max(1_000_000).default(100),
  SELLER_NAME: z.string().trim().min(1).default("Inkwell"),
  SELLER_DETAILS: optionalText,

  PRICE_CHAT_FAST: z.coerce.number().int().min(0).max(10_000).default(1),
  PRICE_CHAT_SMART: z.coerce.number().int().min(0).max(10_000).default(3),
  PRICE_IMAGE: z.coerce.number().int().min(0).max(10_000).default(1),
  SIGN_UP_BONUS: z.coerce.number().int().min(0).max(1_000_000).default(10),

  LIMIT_SCALE: z.coerce.number().positive().max(10_000).default(1),

  CHAT_FIRST_CONTENT_MS: milliseconds(30_000),
  CHAT_GEMINI_FIRST_CONTENT_MS: milliseconds(10_000),
  CHAT_OPENAI_FIRST_CONTENT_MS: milliseconds(12_000),
  CHAT_IDLE_MS: milliseconds(15_000),
  CHAT_TOTAL_MS: milliseconds(120_000),
  CHAT_CHECKPOINT_MS: milliseconds(1_000),
  PROVIDER_CONNECT_MS: milliseconds(3_000),
  PROVIDER_CALLS_MAX: z.coerce.number().int().min(1).max(10).default(3),
  PROVIDER_RETRY_MIN_MS: z.coerce.number().int().min(0).max(60_000).default(200),
  PROVIDER_RETRY_MAX_MS: z.coerce.number().int().min(0).max(60_000).default(800),
  PROVIDER_RETRY_AFTER_MAX_MS: z.coerce.number().int().min(0).max(60_000).default(2_000),
  PROVIDER_RETRY_SHARE: z.coerce.number().min(0).max(1).default(0.2),
  PROVIDER_RETRIES_MIN: z.coerce.number().int().min(0).max(1_000).default(3),
  PROVIDER_RETRY_WINDOW_MS: milliseconds(10_000),
  BREAKER_WINDOW_MS: milliseconds(30_000),
  BREAKER_CALLS: z.coerce.number().int().min(1).max(10_000).default(10),
  BREAKER_SHARE: z.coerce.number().min(0.01).max(1).default(0.5),
  BREAKER_REST_MS: milliseconds(15_000),
  BREAKER_REST_MAX_MS: milliseconds(120_000),
  IMAGE_TOTAL_MS: milliseconds(120_000),
  IMAGE_LATE_MS: milliseconds(3_000_000),
  IMAGE_POLL_MS: milliseconds(1_000),
  IMAGE_LATE_POLL_MS: milliseconds(5_000),
  IMAGE_LOOK_MS: milliseconds(15_000),
  IMAGE_STORE_MS: milliseconds(60_000),
  IMAGE_STORE_RETRY_MS: milliseconds(2_000),
  IMAGE_STORE_RETRY_MAX_MS: milliseconds(60_000),
  CACHE_TTL_MS: z.coerce.number().int().min(1_000).max(604_800_000).default(86_400_000),
  HOLD_WITHIN_MS: milliseconds(60_000),
  LEASE_MS: milliseconds(60_000),
  LEASE_HEARTBEAT_MS: milliseconds(10_000),
  SWEEP_MS: milliseconds(15_000),
  CLOSE_MS: z.coerce.number().int().min(0).max(60_000).default(100),
  PAYPAL_TIMEOUT_MS: milliseconds(20_000),
  PURCHASE_RECHECK_MS: milliseconds(60_000),
  PURCHASE_OPEN_RECHECK_MS: milliseconds(600_000),
  PURCHASE_ABANDON_MS: z.coerce.number().int().min(1).max(604_800_000).default(10_800_000),
  SUBSCRIPTION_GRACE_MS: z.coerce.number().int().min(0).max(604_800_000).default(86_400_000),
  DATABASE_TIMEOUT_MS: milliseconds(30_000),
  SETTINGS_POLL_MS: milliseconds(1_000),
  OBSERVATIONS_WRITE_MS: milliseconds(1_000),
  INSTANCE_HEARTBEAT_MS: milliseconds(5_000),
  DRAIN_MS: milliseconds(30_000),
};
