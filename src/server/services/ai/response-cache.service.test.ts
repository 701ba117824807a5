import { expect, test } from "vitest";
import { newId } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { sharedCache } from "@/server/providers/configured";
import { never } from "../../../../tests/studio";
import { awaitFlight, flyAlone, joinFlight, leaveFlight } from "./response-cache";

const answer = { text: "Calfskin.", provider: "gemini", model: "a model", sandbox: true };
const soon = () => Date.now() + 1_000;
const isLocked = (key: string) => sharedCache().isLocked(`answer:${key}`);

/** A question that is ours to ask. */
async function leader() {
  const key = newId();
  const flight = await joinFlight(key, logger);
  if (flight.role !== "leader") throw new Error("Somebody else asks what nobody knows of.");
  return { key, flight };
}

test("whoever is first to ask holds the question until they land", async () => {
  const { key, flight } = await leader();
  expect(await isLocked(key)).toBe(true);
  await leaveFlight(flight);
  expect(await isLocked(key)).toBe(false);
});

test("whoever comes meanwhile waits for the answer, and is given it", async () => {
  const { key, flight } = await leader();
  expect(await joinFlight(key, logger)).toEqual({ role: "waiting" });
  const waiting = awaitFlight(key, soon(), never(), logger);
  await flight.land(answer);
  expect(await waiting).toEqual({ role: "found", answer });
  expect(await joinFlight(key, logger)).toEqual({ role: "found", answer });
  expect(await isLocked(key)).toBe(false);
});

test("when no answer came of it, the question is the next one's; when none comes in time, everyone's", async () => {
  const { key, flight } = await leader();
  const waiting = awaitFlight(key, soon(), never(), logger);
  await flight.land();
  expect(await waiting).toMatchObject({ role: "leader" });
  expect(await isLocked(key)).toBe(true);
  expect(await awaitFlight(key, Date.now() + 120, never(), logger)).toMatchObject({ role: "leader" });
});

test("whoever leaves while they wait is not told anything", async () => {
  const { key } = await leader();
  const left = new AbortController();
  const waiting = awaitFlight(key, soon(), left.signal, logger);
  left.abort("gone");
  await expect(waiting).rejects.toBe("gone");
});

test("an answer to a question that was asked alone is kept for the next", async () => {
  const key = newId();
  await flyAlone(key, logger).land(answer);
  expect(await joinFlight(key, logger)).toEqual({ role: "found", answer });
});
