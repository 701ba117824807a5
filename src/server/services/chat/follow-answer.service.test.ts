import { expect, test } from "vitest";
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
