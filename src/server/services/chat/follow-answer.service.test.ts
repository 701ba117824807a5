import { expect, test, vi } from "vitest";
import { GATHER_MS } from "@/server/services/runs/run-registry";
import { never, person } from "../../../../tests/studio";
import { answers } from "./answers";
import { answerError } from "./deliver-answer";
import { followAnswer } from "./follow-answer";

test("what is written while the reader takes a piece comes with the next one", { timeout: 5_000 }, async () => {
  const { user } = await person();
  const end = answerError("SERVICE_UNAVAILABLE", "over", "request", true);
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const run = answers.start("m_slow_reader", { text: "One" }, () => finished);
  const pieces: string[] = [];
  for await (const event of followAnswer({ userId: user.id, messageId: run.id, from: 0, signal: never() })) {
    if (event.type !== "delta") continue;
    pieces.push(event.text);
    if (pieces.length === 1) run.update({ text: "One, two" });
    else run.update({ text: "One, two, three", end });
    if (pieces.length === 3) break;
  }
  finish();
  expect(pieces).toEqual(["One", ", two", ", three"]);
});

test("the first words come at once, those that follow each other closely as one piece, the end without a wait", async () => {
  const { user } = await person();
  const end = answerError("SERVICE_UNAVAILABLE", "over", "request", true);
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const run = answers.start("m_gathered", { text: "" }, () => finished);
  const events = followAnswer({ userId: user.id, messageId: run.id, from: 0, signal: never() });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const first = events.next();
    await Promise.resolve();
    run.update({ text: "One" });
    expect((await first).value).toEqual({ type: "delta", seq: 0, text: "One" });
    const second = events.next();
    await vi.advanceTimersByTimeAsync(0);
    run.update({ text: "One, two" });
    await vi.advanceTimersByTimeAsync(GATHER_MS - 5);
    run.update({ text: "One, two, three" });
    await vi.advanceTimersByTimeAsync(5);
    expect((await second).value).toEqual({ type: "delta", seq: 3, text: ", two, three" });
    const large = events.next();
    await vi.advanceTimersByTimeAsync(0);
    run.update({ text: `One, two, three${"!".repeat(16_384)}` });
    expect((await large).value).toMatchObject({ type: "delta", seq: 15 });
    const last = events.next();
    await vi.advanceTimersByTimeAsync(0);
    run.update({ end });
    expect((await last).value).toEqual(end);
  } finally {
    vi.useRealTimers();
    finish();
  }
});
