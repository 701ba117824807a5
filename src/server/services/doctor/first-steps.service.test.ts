import { Instance, Marker, Operation, SettingsVersion, User } from "@models";
import { afterEach, beforeEach, expect, test } from "vitest";
import { saved } from "../../../../tests/doctor/set-up";
import { fresh, live, restartedWith, type Variables } from "../../../../tests/doctor/ward";
import { person, sandbox, send } from "../../../../tests/studio";

beforeEach(() => sandbox().reset());
afterEach(async () => {
  const touched = [Instance, Marker, Operation, SettingsVersion, User];
  await Promise.all(touched.map((model) => model.collection.deleteMany({})));
});

/** Which steps are done, by id. */
async function steps(variables: Variables): Promise<Record<string, boolean>> {
  await restartedWith(variables);
  const { firstSteps } = await import("./first-steps");
  const checklist = await firstSteps();
  for (const { title, how } of checklist) expect([title, how].every((text) => text.length > 10)).toBe(true);
  return Object.fromEntries(checklist.map(({ id, done }) => [id, done]));
}

test("on a fresh instance everything is still to be done", async () => {
  expect(Object.entries(await steps(fresh())).filter(([, done]) => done)).toEqual([]);
});

test("each step is done by what happened, not by a tick", async () => {
  await person({ role: "ADMIN" });
  await person({ role: "ADMIN" });
  await Marker.create({ _id: "first-admin", userId: "somebody", applied: true });
  await send(await person());
  await saved({});
  expect(Object.entries(await steps(live())).filter(([, done]) => !done)).toEqual([]);
});

test("Redis is a step as soon as several processes serve the instance", async () => {
  expect(await steps(fresh())).not.toHaveProperty("redis");
  const lives = { startedAt: new Date(), seenAt: new Date(), memoryBytes: 1, running: 0, breakers: [] };
  await Instance.create([
    { _id: "one", ...lives },
    { _id: "two", ...lives },
  ]);
  expect(await steps(fresh())).toMatchObject({ redis: false });
});
