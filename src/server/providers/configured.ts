import { env } from "@/env";
import { processState } from "@/server/lib/process-state";
import { AppError } from "@/shared/errors";
import type { AnswerLog } from "./answer-log";
import type { Cache } from "./cache";
import type { ChatProvider } from "./chat-provider";
import { createCloudinary } from "./cloudinary";
import { createGemini } from "./gemini";
import type { ImageProvider, PredictionNoticeVerifier } from "./image-provider";
import type { ImageStore } from "./image-store";
import { createMemoryCache } from "./memory-cache";
import { createMemoryRateLimiter } from "./memory-rate-limiter";
import { createOpenai } from "./openai";
import type { PaymentProvider, WebhookVerifier } from "./payment-provider";
import { createPaypal } from "./paypal";
import { paypalSettings } from "./paypal-settings";
import type { RateLimiter } from "./rate-limiter";
import { createRedis, type RedisHandle } from "./redis";
import { createRedisAnswerLog } from "./redis-answer-log";
import { createRedisCache } from "./redis-cache";
import { createRedisRateLimiter } from "./redis-rate-limiter";
import { createReplicate } from "./replicate";
import { replicateWebhookUrl } from "./replicate-webhook-url";
import { createPaypalWebhookVerifier } from "./verify-paypal-webhook";
import { createReplicateWebhookVerifier } from "./verify-replicate-webhook";

/** No answer is written for longer; after it the stored message says everything. */
const ANSWER_LOG_MS = 10 * 60_000;

/** The sandbox accepts any key; this one says what it is wherever it turns up. */
const SANDBOX_KEY = "sandbox";

const sandboxAt = (path: string) => (env.SANDBOX_URL ? `${env.SANDBOX_URL}${path}` : undefined);

/**
 * The chat providers in the order they are asked. A provider without a key lives in the sandbox, but as soon as one has
 * a key only those with keys are asked: a made-up answer must never stand in for a real one.
 */
export function chatProviders(): ChatProvider[] {
  return processState("chat-providers", () => {
    const real: ChatProvider[] = [];
    if (env.GEMINI_API_KEY) real.push(createGemini({ apiKey: env.GEMINI_API_KEY, sandbox: false }));
    if (env.OPENAI_API_KEY) real.push(createOpenai({ apiKey: env.OPENAI_API_KEY, sandbox: false }));
    if (real.length > 0 || !env.SANDBOX_URL) return real;
    return [
      createGemini({ apiKey: SANDBOX_KEY, baseUrl: sandboxAt("/gemini"), sandbox: true }),
      createOpenai({ apiKey: SANDBOX_KEY, baseUrl: sandboxAt("/openai/v1"), sandbox: true }),
    ];
  });
}

/** @throws AppError SERVICE_UNAVAILABLE when the operator has set neither a key nor a sandbox. */
export function imageProvider(): ImageProvider {
  return processState("image-provider", () => {
    const webhookUrl = replicateWebhookUrl(env);
    if (env.REPLICATE_API_TOKEN) {
      return createReplicate({ apiToken: env.REPLICATE_API_TOKEN, sandbox: false, webhookUrl });
    }
    if (!env.SANDBOX_URL) throw new AppError("SERVICE_UNAVAILABLE", "Images are not set up on this server.");
    return createReplicate({ apiToken: SANDBOX_KEY, baseUrl: sandboxAt("/replicate/v1"), sandbox: true, webhookUrl });
  });
}

/** Believes nothing when the operator has set no secret. */
export function predictionNoticeVerifier(): PredictionNoticeVerifier {
  return processState("prediction-notice-verifier", () =>
    createReplicateWebhookVerifier({ secret: env.REPLICATE_WEBHOOK_SECRET }),
  );
}

/** @throws AppError SERVICE_UNAVAILABLE when the operator has set neither a key nor a sandbox. */
export function imageStore(): ImageStore {
  return processState("image-store", () => {
    if (env.CLOUDINARY_URL) return createCloudinary({ url: env.CLOUDINARY_URL, sandbox: false });
    if (!env.SANDBOX_URL) throw new AppError("SERVICE_UNAVAILABLE", "Image storage is not set up on this server.");
    const url = `cloudinary://${SANDBOX_KEY}:${SANDBOX_KEY}@${SANDBOX_KEY}`;
    return createCloudinary({ url, uploadPrefix: sandboxAt("/cloudinary"), sandbox: true });
  });
}

/** @throws AppError SERVICE_UNAVAILABLE when nothing can be paid here: not set up, or play money among real providers. */
export function paymentProvider(): PaymentProvider {
  return processState("payment-provider", () => createPaypal(paypalSettings(env)));
}

/** @throws AppError SERVICE_UNAVAILABLE as `paymentProvider` does. */
export function webhookVerifier(): WebhookVerifier {
  return processState("webhook-verifier", () => {
    const { webhookId, certificateOrigins } = paypalSettings(env);
    return createPaypalWebhookVerifier({ webhookId, certificateOrigins });
  });
}

/** True when credits can be bought here. */
export function paymentsAvailable(): boolean {
  try {
    paypalSettings(env);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "SERVICE_UNAVAILABLE") return false;
    throw error;
  }
}

/**
 * What the browser needs for PayPal's button; without `sdkBaseUrl` it comes from PayPal.
 * @throws AppError SERVICE_UNAVAILABLE as `paymentProvider` does.
 */
export function paymentClient(): { clientId: string; sdkBaseUrl?: string; sandbox: boolean } {
  const { clientId, sdkBaseUrl, sandbox } = paypalSettings(env);
  return { clientId, sdkBaseUrl, sandbox };
}

const redis = () =>
  processState("redis", () =>
    createRedis({
      restUrl: env.UPSTASH_REDIS_REST_URL,
      restToken: env.UPSTASH_REDIS_REST_TOKEN,
      tcpUrl: env.REDIS_URL,
    }),
  );

/** The Redis that is used, if there is one. */
export function redisInUse(): RedisHandle | undefined {
  return hasRedis() ? redis() : undefined;
}

const hasRedis = () => Boolean((env.UPSTASH_REDIS_REST_URL && env.UPSTASH_REDIS_REST_TOKEN) || env.REDIS_URL);

/** Token buckets: in Redis when there is one, else in this process. */
export function rateLimiter(): RateLimiter {
  return processState("rate-limiter", () =>
    hasRedis() ? createRedisRateLimiter(redis().client) : createMemoryRateLimiter(),
  );
}

/** Shared answers and locks: in Redis when there is one, else in this process. */
export function sharedCache(): Cache {
  return processState("shared-cache", () =>
    hasRedis() ? createRedisCache(redis().client, { prefix: "inkwell:cache" }) : createMemoryCache(),
  );
}

/** Running answers as other processes see them; undefined without Redis, when there are no others. */
export function answerLog(): AnswerLog | undefined {
  if (!hasRedis()) return undefined;
  return processState("answer-log", () =>
    createRedisAnswerLog(redis().client, { prefix: "inkwell:answer", ttlMs: ANSWER_LOG_MS }),
  );
}

/** Which parts are made up, for the banner: locally, or for payments in PayPal's own sandbox. */
export function sandboxMode(): { chat: boolean; images: boolean; storage: boolean; payments: boolean } {
  return {
    chat: chatProviders().some((provider) => provider.sandbox),
    images: !env.REPLICATE_API_TOKEN && Boolean(env.SANDBOX_URL),
    storage: !env.CLOUDINARY_URL && Boolean(env.SANDBOX_URL),
    payments: paymentsAvailable() && paymentClient().sandbox,
  };
}

/** True when no sandbox is in use, or the one in use answers. */
export async function isSandboxReady(): Promise<boolean> {
  const mode = sandboxMode();
  if (!env.SANDBOX_URL || !(mode.chat || mode.images || mode.storage || mode.payments)) return true;
  try {
    const reply = await fetch(`${env.SANDBOX_URL}/__health`, { signal: AbortSignal.timeout(2_000) });
    return reply.ok;
  } catch {
    return false;
  }
}
