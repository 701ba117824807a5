import { beforeEach, expect, test, vi } from "vitest";

Object.assign(process.env, {
  CHAT_FIRST_CONTENT_MS: "9000",
  CHAT_GEMINI_FIRST_CONTENT_MS: "1500",
  CHAT_OPENAI_FIRST_CONTENT_MS: "8000",
  CHAT_IDLE_MS: "3000",
});
vi.resetModules();
const { bookProblems, person, sandbox, send, textOf, the } = await import("../../../../tests/studio");
const { getBalance } = await import("@/server/services/credits/get-balance");

beforeEach(() => sandbox().reset());

const untouched = { available: 10, held: 0, owed: 0 };

test.each([{ kind: "hang" }, { kind: "headers-then-hang" }, { kind: "comments-only" }, { kind: "stall" }] as const)(
  "Gemini keeps us waiting (%o): OpenAI answers soon after the deadline, labelled, for the same price",
  async (fault) => {
    sandbox().fail("gemini", fault);
    const actor = await person();
    const startedAt = performance.now();
    const events = await send(actor);
    expect(performance.now() - startedAt).toBeGreaterThan(1_490);
    expect(the(events, "done")).toMatchObject({
      charged: 1,
      message: { status: "complete", provider: "openai", fallback: true },
    });
    expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 0, owed: 0 });
    expect(sandbox().requests("gemini")).toMatchObject([{ closedByClient: true }]);
  },
);

test("both keep us waiting: PROVIDER_TIMEOUT, nothing charged", async () => {
  sandbox().fail("gemini", { kind: "hang" });
  sandbox().fail("openai", { kind: "hang" });
  const actor = await person();
  expect(the(await send(actor), "error").code).toBe("PROVIDER_TIMEOUT");
  expect(await getBalance(actor.user.id)).toEqual(untouched);
  expect(await bookProblems(actor.user.id)).toEqual([]);
});

test("a stall after it began: the text stays, labelled, is not charged and not asked elsewhere", async () => {
  sandbox().fail("gemini", { kind: "stall", afterDeltas: 5 });
  const actor = await person();
  const events = await send(actor);
  expect(the(events, "error")).toMatchObject({ code: "PROVIDER_TIMEOUT", partial: true });
  expect(textOf(events)).not.toBe("");
  expect(sandbox().requests("openai")).toEqual([]);
  expect(await getBalance(actor.user.id)).toEqual(untouched);
});
