import { env } from "@/env";

/**
 * Every deadline and interval in one place, in milliseconds. Defaults are for production; each can be set by the
 * environment variable beside it in `src/env-variables.ts`, which is how tests make them short.
 */
export const policy = {
  chat: {
    /** First content, whoever gives it, counted from when the answer is begun. */
    firstContentMs: env.CHAT_FIRST_CONTENT_MS,
    /** First content from one provider, counted from its call. */
    providerFirstContentMs: { gemini: env.CHAT_GEMINI_FIRST_CONTENT_MS, openai: env.CHAT_OPENAI_FIRST_CONTENT_MS },
    /** Between two pieces of content; comments and keep-alives do not count. */
    idleMs: env.CHAT_IDLE_MS,
    totalMs: env.CHAT_TOTAL_MS,
    /** How often a running answer's text is written down: the most a crash can lose. */
    checkpointMs: env.CHAT_CHECKPOINT_MS,
    cacheTtlMs: env.CACHE_TTL_MS,
  },
  /** How providers are treated when they fail. */
  providers: {
    /** Until a connection to a provider is made: a host that is gone says nothing. */
    connectMs: env.PROVIDER_CONNECT_MS,
    /** Calls to providers for one answer, all of them together. */
    callsMax: env.PROVIDER_CALLS_MAX,
    /** Before the same provider is asked again. */
    retryJitterMs: { min: env.PROVIDER_RETRY_MIN_MS, max: env.PROVIDER_RETRY_MAX_MS },
    /** A provider that wants us to wait longer is not asked again. */
    retryAfterMaxMs: env.PROVIDER_RETRY_AFTER_MAX_MS,
    /** Second tries: at most this share of the calls in the window, but always so many. */
    retryShare: env.PROVIDER_RETRY_SHARE,
    retriesMin: env.PROVIDER_RETRIES_MIN,
    retryWindowMs: env.PROVIDER_RETRY_WINDOW_MS,
    /** A model is left alone when, of so many calls in the window, this share failed; */
    breakerWindowMs: env.BREAKER_WINDOW_MS,
    breakerCalls: env.BREAKER_CALLS,
    breakerShare: env.BREAKER_SHARE,
    /** for so long at first, doubling up to so long while the calls that test it fail. */
    breakerRestMs: env.BREAKER_REST_MS,
    breakerRestMaxMs: env.BREAKER_REST_MAX_MS,
  },
  image: {
    /** How long anybody is kept watching; after it the images are late, and still made. */
    totalMs: env.IMAGE_TOTAL_MS,
    /** How long a late result is waited for: Replicate keeps its outputs for an hour. */
    lateMs: env.IMAGE_LATE_MS,
    /** Between two looks at a prediction, before and after it is late; and how long one look may take. */
    pollMs: env.IMAGE_POLL_MS,
    latePollMs: env.IMAGE_LATE_POLL_MS,
    lookMs: env.IMAGE_LOOK_MS,
    /** One attempt to store the outputs; the pause before the next, doubling up to the longest. */
    storeMs: env.IMAGE_STORE_MS,
    storeRetryMs: env.IMAGE_STORE_RETRY_MS,
    storeRetryMaxMs: env.IMAGE_STORE_RETRY_MAX_MS,
  },
  credits: {
    /** A hold is placed this soon after its operation was opened, or never: it keeps the ring of closed ones short. */
    holdWithinMs: env.HOLD_WITHIN_MS,
    leaseMs: env.LEASE_MS,
    heartbeatMs: env.LEASE_HEARTBEAT_MS,
    /** How often work whose worker is gone is looked for, give or take a fifth. */
    sweepMs: env.SWEEP_MS,
    /** How long uses that have ended are gathered until what is left to write of them is written together; 0: not at all. */
    closeMs: env.CLOSE_MS,
  },
  payments: {
    /** One call to the payment provider. */
    callMs: env.PAYPAL_TIMEOUT_MS,
    /** A purchase left between capture and credit is asked after this long after its last change. */
    recheckMs: env.PURCHASE_RECHECK_MS,
    /** The same for one that nobody has paid yet, */
    openRecheckMs: env.PURCHASE_OPEN_RECHECK_MS,
    /** which is given up after this long: PayPal lets an order be approved for three hours. */
    abandonMs: env.PURCHASE_ABANDON_MS,
    /** How long the role outlives the paid period of a subscription that should have renewed: PayPal bills within the day. */
    graceMs: env.SUBSCRIPTION_GRACE_MS,
  },
  observability: {
    /** How often what was told is written to the database: the most a crash can lose of it. */
    writeMs: env.OBSERVATIONS_WRITE_MS,
    /** How often a process says that it is there, and how it is. */
    heartbeatMs: env.INSTANCE_HEARTBEAT_MS,
  },
  /** How often the operator's settings are read: how long a change takes to reach the other processes. */
  settingsPollMs: env.SETTINGS_POLL_MS,
  /** How long a stopping process lets running work finish. */
  drainMs: env.DRAIN_MS,
} as const;
