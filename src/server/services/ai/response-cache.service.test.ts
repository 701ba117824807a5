import { expect, test } from "vitest";
import { newId } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { sharedCache } from "@/server/providers/configured";
import { never } from "../../../../tests/studio";
import { joinFlight, keepAnswer } from "./response-cache";

const answer = { text: "Calfskin.", provider: "gemini", model: "a model", sandbox: true };
const soon = () => Date.now() + 1_000;

test("whoever is first to ask holds the question until they land", async () => {
  const key = newId();
  const flight = await joinFlight(key, soon(), never(), logger);
  expect(await sharedCache().isLocked(`flight:${key}`)).toBe(true);
  if (flight.role === "leader") await flight.land();
  expect(await sharedCache().isLocked(`flight:${key}`)).toBe(false);
});

test("whoever finds the answer kept after all is given it, and holds nobody up", async () => {
  const key = newId();
  await keepAnswer(key, answer, logger);
  expect(await joinFlight(key, soon(), never(), logger)).toEqual({ role: "follower", answer });
  expect(await sharedCache().isLocked(`flight:${key}`)).toBe(false);
});
