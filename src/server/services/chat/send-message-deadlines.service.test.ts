import { beforeEach, expect, test, vi } from "vitest";

Object.assign(process.env, {
  CHAT_FIRST_CONTENT_MS: "9000",
  CHAT_GEMINI_FIRST_CONTENT_MS: "1500",
  CHAT_OPENAI_FIRST_CONTENT_MS: "8000",
  CHAT_IDLE_MS: "3000",
});
vi.resetModules();
const { bookProblems, message, never, newKey, person, sandbox, send, textOf, the } = await import(
  "../../../../tests/studio"
);
const { sendMessage } = await import("./send-message");
const { stopAnswer } = await import("./stop-answer");
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

test("whoever waits for another's long answer to the same question is answered in time all the same", async () => {
  const content = `sandbox: long ${newKey()}`;
  // The first to ask is answered for longer than anybody may wait for a first word.
  sandbox().fail("gemini", { kind: "slow", delayMs: 500, body: content });
  const first = await person();
  let firstId = "";
  for await (const event of await sendMessage(first, message({ content }), never())) {
    if (event.type === "start") firstId = event.messageId;
    if (event.type === "delta") break;
  }
  const startedAt = performance.now();
  let begun: number | undefined;
  for await (const event of await sendMessage(await person(), message({ content }), never())) {
    if (event.type === "delta") begun ??= performance.now() - startedAt;
    if (event.type === "done") expect(event).toMatchObject({ charged: 1, cached: false });
  }
  expect(begun).toBeLessThan(9_000);
  expect(await stopAnswer(first, firstId)).toEqual({ stopped: true });
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
