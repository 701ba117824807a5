import { beforeEach, describe, expect, test, vi } from "vitest";

// Two questions a minute, so that the third one is too many.
Object.assign(process.env, { LIMIT_SCALE: "0.1" });
vi.resetModules();
const { encode } = await import("next-auth/jwt");
const { AuditEntry, LedgerEntry, Operation, ProviderCall, Purchase, RequestEvent } = await import("@models");
const { POST } = await import("@/app/api/trpc/[trpc]/route");
const { env } = await import("@/env");
const { createContext } = await import("@/server/api/context");
const { createCaller } = await import("@/server/api/root");
const { newRequestId } = await import("@/server/lib/ids");
const { collect, message, newKey, person, picture, sandbox, the } = await import("../../../../tests/studio");
const { requestStory } = await import("@/shared/operations");
const { tellRequest: tell } = await import("./tell-request");

beforeEach(() => sandbox().reset());

/** As the panel is sent it: what does not fit the contract would be refused there. */
const tellRequest = async (requestId: string) => requestStory.parse(await tell(requestId));

type Person = Awaited<ReturnType<typeof person>>;

/** One request of a signed-in person's, as it comes over the wire. */
async function request({ user }: Person) {
  const requestId = newRequestId();
  const token = await encode({ token: { sub: user.id, sessionVersion: 1 }, secret: env.NEXTAUTH_SECRET });
  const headers = new Headers({ cookie: `next-auth.session-token=${token}`, "x-request-id": requestId });
  return { requestId, api: createCaller(createContext(headers)) };
}

const summary = (lines: { event: string; fields: Record<string, unknown> }[]) =>
  lines.map(({ event, fields }) => [
    event,
    fields.outcome ?? fields.state ?? fields.type ?? fields.allowed ?? fields.code,
  ]);

describe("the story of", () => {
  test("an answer that another provider gave: every attempt, what it cost, and what it did to the credits", async () => {
    const asker = await person();
    sandbox().fail("gemini", { kind: "status", status: 503, times: 2 });
    const { api, requestId } = await request(asker);
    the(await collect(await api.chat.send(message())), "done");
    const story = await tellRequest(requestId);
    expect(story).toMatchObject({
      requestId,
      user: { id: asker.user.id, email: `${asker.user.id.toLowerCase()}@example.org` },
      things: [{ kind: "chat", state: "DONE", cost: 1 }],
      calls: [
        { provider: "gemini", outcome: "failed", failure: "503" },
        { provider: "gemini", outcome: "failed", failure: "503" },
        { provider: "openai", outcome: "answered" },
      ],
      ledger: [
        { type: "HOLD", deltaAvailable: -1 },
        { type: "CAPTURE", deltaHeld: -1 },
      ],
    });
    // The call is answered while the first provider is being asked.
    const lines = summary(story.lines);
    expect(lines).toContainEqual(["call", "mutation"]);
    expect(lines.filter(([event]) => event !== "call")).toEqual([
      ["limit", true],
      ["cache", "miss"],
      ["provider", "failed"],
      ["provider", "failed"],
      ["provider", "answered"],
      ["answer", "complete"],
      ["credits", "CAPTURE"],
    ]);
  });

  test("an image: ordered, stored, paid for", async () => {
    const { api, requestId } = await request(await person());
    the(await collect(await api.image.generate(picture())), "done");
    const story = await tellRequest(requestId);
    expect(story.things).toMatchObject([{ kind: "image", state: "DONE", cost: 1 }]);
    expect(story.calls.map(({ provider, outcome }) => [provider, outcome])).toContainEqual(["replicate", "answered"]);
    expect(story.calls.map(({ provider, outcome }) => [provider, outcome])).toContainEqual(["cloudinary", "answered"]);
    expect(summary(story.lines)).toContainEqual(["images", "complete"]);
    expect(story.ledger.map(({ type }) => type)).toEqual(["HOLD", "CAPTURE"]);
  });

  test("a purchase: the order under its own request, and the return from PayPal that brought the credits", async () => {
    const buyer = await person();
    const ordering = await request(buyer);
    const { orderId } = await ordering.api.payments.createOrder({ packId: "20", idempotencyKey: newKey() });
    await sandbox().paypal.approve({ orderId });
    const returning = await request(buyer);
    await returning.api.payments.captureOrder({ orderId });

    const ordered = await tellRequest(ordering.requestId);
    expect(ordered.things).toMatchObject([{ kind: "purchase", state: "CREDITED" }]);
    expect(summary(ordered.lines)).toContainEqual(["purchase", "CREATED"]);
    expect(ordered.ledger).toMatchObject([{ type: "GRANT", deltaAvailable: 20 }]);

    const returned = await tellRequest(returning.requestId);
    expect(returned.things).toMatchObject([{ kind: "purchase", id: ordered.things[0]?.id, state: "CREDITED" }]);
    expect(summary(returned.lines)).toContainEqual(["purchase", "CREDITED"]);
  });

  test("a question without credits: what it was refused for, and that nothing was held", async () => {
    const { api, requestId } = await request(await person({ credits: 0 }));
    await expect(api.chat.send(message())).rejects.toThrow(/costs 1 credit/);
    const story = await tellRequest(requestId);
    expect(story.things).toMatchObject([{ kind: "chat", state: "FAILED", errorCode: "INSUFFICIENT_CREDITS" }]);
    expect(story).toMatchObject({ calls: [], ledger: [] });
    expect(story.lines.at(-1)).toMatchObject({
      event: "call",
      fields: { path: "chat.send", code: "INSUFFICIENT_CREDITS" },
    });
  });

  test("a question too many: which limit, and for how long", async () => {
    const hasty = await person();
    for (let asked = 0; asked < 2; asked += 1) await (await request(hasty)).api.chat.send(message());
    const { api, requestId } = await request(hasty);
    await expect(api.chat.send(message())).rejects.toThrow(/a little fast/);
    const story = await tellRequest(requestId);
    expect(story.user?.id).toBe(hasty.user.id);
    expect(story.lines).toMatchObject([
      { event: "limit", fields: { limit: "chat", allowed: false, retryAfterMs: expect.any(Number) } },
      { event: "call", fields: { path: "chat.send", code: "RATE_LIMITED" } },
    ]);
  });

  test("a call with a wrong field: which one, and who sent it", async () => {
    const careless = await person();
    const { api, requestId } = await request(careless);
    await expect(api.chat.rename({ conversationId: newKey(), title: "" })).rejects.toThrow(/^title/);
    const story = await tellRequest(requestId);
    expect(story.user?.id).toBe(careless.user.id);
    expect(story.lines).toMatchObject([
      { event: "call", fields: { code: "VALIDATION", fields: { title: [expect.any(String)] } } },
    ]);
  });

  test("a correction by an operator: with its audit entry and its ledger line", async () => {
    const operator = await person({ role: "ADMIN" });
    const { api, requestId } = await request(operator);
    const userId = (await person()).user.id;
    await api.admin.adjustCredits({ userId, amount: 5, reason: "For the trouble", idempotencyKey: newKey() });
    const story = await tellRequest(requestId);
    expect(story).toMatchObject({
      user: { id: operator.user.id },
      ledger: [{ type: "ADJUST", deltaAvailable: 5 }],
      audit: [{ action: "credits.adjust", note: "For the trouble" }],
    });
  });

  test.each([
    ["what is no procedure", "nothing.here", "{}", "NOT_FOUND"],
    ["what is far too large", "account.register", "x".repeat(1_000_001), "VALIDATION"],
    ["what cannot be read", "account.register", '{"json":', "VALIDATION"],
  ])("%s", async (_, path, body, code) => {
    const requestId = newRequestId();
    const headers = { "content-type": "application/json", "x-request-id": requestId };
    await POST(new Request(`http://localhost:3000/api/trpc/${path}`, { method: "POST", body, headers }));
    expect((await tellRequest(requestId)).lines).toMatchObject([{ event: "call", fields: { code } }]);
  });
});

test("a request nobody knows of is NOT_FOUND", async () => {
  await expect(tellRequest(newRequestId())).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("each part is found by its index, however many there are", async () => {
  const of = { requestId: newRequestId() };
  const plans = await Promise.all([
    RequestEvent.find(of).sort({ at: 1, _id: 1 }).explain(),
    ProviderCall.find(of).sort({ at: 1 }).explain(),
    Operation.find(of).explain(),
    Purchase.find(of).explain(),
    AuditEntry.find(of).explain(),
    LedgerEntry.find(of).explain(),
  ]);
  for (const plan of plans) {
    expect(JSON.stringify(plan)).toContain("IXSCAN");
    expect(JSON.stringify(plan)).not.toContain('"SORT"');
  }
});
