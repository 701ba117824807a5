import type { z } from "zod";
import { environment } from "@/env";
import type { Actor } from "@/server/lib/actor";
import type { ChatProvider } from "@/server/providers/chat-provider";
import { chatProviders, imageProvider, imageStore, paymentProvider, redisInUse } from "@/server/providers/configured";
import { writeAudit } from "@/server/services/audit/write-audit";
import { takeUserToken } from "@/server/services/limits/take-token";
import { currentSettings } from "@/server/services/settings/current-settings";
import type { Finding, testProviderInput, testProviderOutput } from "@/shared/operations";
import { askBriefly } from "./ask-briefly";
import { explainDatabaseAbsence } from "./check-database";
import { orUnset } from "./check-images";
import { explainRedisAbsence } from "./check-redis";
import { explainProvider, PROVIDERS, type ProviderId } from "./explain-provider";
import { readDatabase } from "./read-database";

type Name = z.infer<typeof testProviderInput>["name"];
type Outcome = Omit<z.infer<typeof testProviderOutput>, "ms">;
type Said = Omit<Outcome, "sandbox">;

/** An administrator waits for it. */
const TEST_MS = 15_000;

/**
 * Makes one small call now and says how it went, in words. Writes it into the audit log.
 * @throws AppError RATE_LIMITED · SERVICE_UNAVAILABLE when the database is away.
 */
export async function testProvider(
  actor: Actor,
  { name }: z.infer<typeof testProviderInput>,
): Promise<z.infer<typeof testProviderOutput>> {
  // Redis keeps the limits: while it is away it could not be tested for want of a token.
  if (name !== "redis" && name !== "mongodb") await takeUserToken("test", actor.user, actor.log);
  const startedAt = performance.now();
  const outcome = await TESTS[name](actor, AbortSignal.timeout(TEST_MS));
  const ms = Math.round(performance.now() - startedAt);
  await writeAudit({
    actor: actor.user.id,
    action: "provider.test",
    subject: name,
    note: outcome.ok ? `Works, in ${ms} ms.` : outcome.message,
    requestId: actor.requestId,
  });
  return { ...outcome, ms };
}

const TESTS: Record<Name, (actor: Actor, signal: AbortSignal) => Promise<Outcome>> = {
  gemini: (actor, signal) => testChat("gemini", actor, signal),
  openai: (actor, signal) => testChat("openai", actor, signal),
  replicate: (_actor, signal) =>
    testVendor("replicate", orUnset(imageProvider), signal, async (provider) => {
      const model = currentSettings().imageModel;
      const { known } = await provider.lookUpModel(model, signal);
      return known
        ? { ok: true, message: `Replicate takes the token, and has the model "${model}". No image was made.` }
        : { ok: false, message: `Replicate takes the token, and has no model "${model}". Change it under Settings.` };
    }),
  cloudinary: (_actor, signal) =>
    testVendor("cloudinary", orUnset(imageStore), signal, async (store) => {
      await store.ping(signal);
      return { ok: true, message: "Cloudinary takes the key." };
    }),
  paypal: (_actor, signal) =>
    testVendor("paypal", orUnset(paymentProvider), signal, async (provider) => {
      await provider.listWebhooks(signal);
      return { ok: true, message: "PayPal takes the keys. No money moved." };
    }),
  redis: testRedis,
  mongodb: testDatabase,
};

function testChat(name: ChatProvider["name"], actor: Actor, signal: AbortSignal): Promise<Outcome> {
  const provider = chatProviders().find((it) => it.name === name);
  return testVendor(name, provider, signal, async (it) => {
    const model = currentSettings().chatProviders.find((choice) => choice.name === name)?.fast ?? "";
    const { words, ms } = await askBriefly(it, model, actor, signal);
    return words === 0
      ? { ok: false, message: `${PROVIDERS[name].title} answered without a word, as "${model}".` }
      : { ok: true, message: `${PROVIDERS[name].title} answered as "${model}", its first words after ${ms} ms.` };
  });
}

/** One call to a provider; why it failed is told as the doctor would. */
async function testVendor<P extends { sandbox: boolean }>(
  name: ProviderId,
  provider: P | undefined,
  signal: AbortSignal,
  call: (provider: P) => Promise<Said>,
): Promise<Outcome> {
  if (!provider) {
    const { title, variable } = PROVIDERS[name];
    return { ok: false, message: `${title} is not set up here. Set ${variable} and restart.`, sandbox: false };
  }
  try {
    return { ...(await call(provider)), sandbox: provider.sandbox };
  } catch (error) {
    return { ...inWords(explainProvider(name, error, signal)), sandbox: provider.sandbox };
  }
}

async function testRedis(): Promise<Outcome> {
  const redis = redisInUse();
  if (!redis) {
    const message = "There is no Redis here: limits and the answer cache are in the process's own memory.";
    return { ok: false, message, sandbox: false };
  }
  try {
    const { ms } = await redis.describe();
    return { ok: true, message: `Redis answered in ${ms} ms.`, sandbox: false };
  } catch (error) {
    return { ...inWords(explainRedisAbsence(error, environment)), sandbox: false };
  }
}

async function testDatabase(): Promise<Outcome> {
  try {
    const { version, ms, embedded } = await readDatabase();
    const name = embedded ? "The embedded store" : `MongoDB ${version}`;
    return { ok: true, message: `${name} answered in ${ms} ms.`, sandbox: false };
  } catch (error) {
    return { ...inWords(explainDatabaseAbsence(error)), sandbox: false };
  }
}

const inWords = ({ problem, fix }: Finding): Said => ({ ok: false, message: `${problem} ${fix}` });
