import { AuditEntry, ProviderCall } from "@models";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { fresh, live, rerouteProviders, restartedWith, type Variables } from "../../../../tests/doctor/ward";
import { RedisServer } from "../../../../tests/redis-server";
import { person, sandbox } from "../../../../tests/studio";

let goStraight: () => void;
beforeEach(() => {
  sandbox().reset();
  goStraight = rerouteProviders(sandbox());
});
afterEach(() => {
  goStraight();
});

/** An administrator, and what they may test under these variables. */
async function admin(variables: Variables) {
  const { redisInUse } = await restartedWith(variables);
  onTestFinished(async () => redisInUse()?.close());
  const { testProvider } = await import("./test-provider");
  const { writeObservations } = await import("@/server/services/observability/write-observations");
  const actor = await person({ role: "ADMIN" });
  return {
    actor,
    testNow: (name: Parameters<typeof testProvider>[1]["name"]) => testProvider(actor, { name }),
    /** The calls that were told of. */
    async calls() {
      await writeObservations();
      return ProviderCall.find({ requestId: actor.requestId }).lean();
    },
  };
}

test.each(["gemini", "openai", "replicate", "cloudinary", "paypal", "mongodb"] as const)(
  "%s is tested by one small call, which stands in the audit log",
  async (name) => {
    const { actor, testNow } = await admin(fresh());
    const asked = name === "mongodb" ? undefined : name;
    expect(await testNow(name)).toMatchObject({ ok: true, ms: expect.any(Number), sandbox: asked !== undefined });
    // PayPal's token may have to be fetched first.
    if (asked) expect(sandbox().requests(asked).length).toBeLessThanOrEqual(asked === "paypal" ? 2 : 1);
    const audit = await AuditEntry.findOne({ actor: actor.user.id }).lean();
    expect(audit).toMatchObject({
      action: "provider.test",
      subject: name,
      note: expect.stringMatching(/^Works, in \d+ ms/),
      requestId: actor.requestId,
    });
  },
);

test("a call to a model is told as a provider's, of its own kind", async () => {
  const { testNow, calls } = await admin(live());
  expect(await testNow("openai")).toMatchObject({ ok: true, sandbox: false });
  const call = { provider: "openai", kind: "test", outcome: "answered", model: "gpt-5-mini", sandbox: false };
  const measured = { firstTokenMs: expect.any(Number), outputTokens: expect.any(Number) };
  expect(await calls()).toMatchObject([{ ...call, ...measured }]);
});

test("a key that is refused is told with its cure, and so is the call", async () => {
  const { actor, testNow, calls } = await admin({ ...live(), GEMINI_API_KEY: "invalid" });
  const { ok, message } = await testNow("gemini");
  expect(ok).toBe(false);
  expect(message).toMatch(/refuses the key.*GEMINI_API_KEY/);
  expect(await calls()).toMatchObject([{ provider: "gemini", kind: "test", outcome: "failed", failure: "401" }]);
  expect(await AuditEntry.findOne({ actor: actor.user.id }).lean()).toMatchObject({ note: message });
});

test("what is not set up says what to set", async () => {
  const { testNow } = await admin({ ...live(), OPENAI_API_KEY: undefined, REPLICATE_API_TOKEN: undefined });
  expect(await testNow("openai")).toMatchObject({ ok: false, message: expect.stringContaining("OPENAI_API_KEY") });
  expect(await testNow("replicate")).toMatchObject({
    ok: false,
    message: expect.stringContaining("REPLICATE_API_TOKEN"),
  });
  expect(await testNow("redis")).toMatchObject({ ok: false, message: expect.stringContaining("no Redis") });
});

test("Redis is tested though the limits are in it", async () => {
  const redis = await RedisServer.create();
  onTestFinished(() => redis.remove());
  const { testNow } = await admin({ ...fresh(), REDIS_URL: redis.url });
  expect(await testNow("redis")).toMatchObject({ ok: true, message: expect.stringContaining("Redis answered") });
  await redis.stop();
  expect(await testNow("redis")).toMatchObject({ ok: false, message: expect.stringContaining("REDIS_URL") });
});

test("nobody tests without end", async () => {
  const { testNow } = await admin(fresh());
  for (let calls = 0; calls < 20; calls += 1) await testNow("cloudinary");
  await expect(testNow("cloudinary")).rejects.toMatchObject({ code: "RATE_LIMITED" });
});
