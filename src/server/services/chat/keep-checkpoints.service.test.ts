import { Message } from "@models";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sleep } from "@/server/lib/clock";
import { person, sandbox, send, textOf, the } from "../../../../tests/studio";

beforeEach(() => sandbox().reset());
afterEach(() => vi.restoreAllMocks());

/** How long something that is held up waits at most for what it is to come after. */
const PATIENCE_MS = 500;

function resolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Things that happen once to each message, and can be waited for. */
function moments() {
  const known = new Map<string, ReturnType<typeof resolvers>>();
  const of = (id: string) => {
    const moment = known.get(id) ?? resolvers();
    known.set(id, moment);
    return moment;
  };
  return {
    come: (id: string) => of(id).resolve(),
    wait: (id: string) => Promise.race([of(id).promise, sleep(PATIENCE_MS)]),
  };
}

/** The ids of the answers a round of notes is about. */
const idsOf = (notes: unknown): string[] =>
  [...JSON.stringify(notes).matchAll(/"_id":"([^"]+)"/g)].map(([, id = ""]) => id);

test("a note taken before the last words does not land on top of them", async () => {
  sandbox().fail("gemini", { kind: "slow", delayMs: 40 });
  const { bulkWrite, updateOne, findOneAndUpdate } = Message.collection;
  const answerWritten = moments();
  const noteWritten = moments();
  // The network brings the note at the worst moment: after the answer's whole text, before it is shown as final.
  vi.spyOn(Message.collection, "bulkWrite").mockImplementation(async (...command) => {
    const ids = idsOf(command[0]);
    await Promise.all(ids.map(answerWritten.wait));
    const result = await Reflect.apply(bulkWrite, Message.collection, command);
    ids.map(noteWritten.come);
    return result;
  });
  vi.spyOn(Message.collection, "updateOne").mockImplementation(async (...command) => {
    const result = await Reflect.apply(updateOne, Message.collection, command);
    if (JSON.stringify(command[1]).includes('"content":')) answerWritten.come(String(command[0]._id));
    return result;
  });
  vi.spyOn(Message.collection, "findOneAndUpdate").mockImplementation(async (...command) => {
    if (JSON.stringify(command[1]).includes('"status":"complete"')) await noteWritten.wait(String(command[0]._id));
    return Reflect.apply(findOneAndUpdate, Message.collection, command);
  });

  const events = await send(await person());
  const { message } = the(events, "done");
  expect(Message.collection.bulkWrite).toHaveBeenCalled();
  expect(textOf(events)).toContain("sandbox");
  expect((await Message.findById(message.id).lean())?.content).toBe(textOf(events));
});

test("answers that are written at the same time are noted together, those with nothing new not at all", async () => {
  sandbox().fail("gemini", { kind: "slow", delayMs: 40 });
  const rounds: number[] = [];
  const { bulkWrite } = Message.collection;
  vi.spyOn(Message.collection, "bulkWrite").mockImplementation((...command) => {
    rounds.push(idsOf(command[0]).length);
    return Reflect.apply(bulkWrite, Message.collection, command);
  });
  const people = await Promise.all(Array.from({ length: 4 }, () => person()));
  await Promise.all(people.map((actor) => send(actor)));
  expect(Math.max(...rounds)).toBeGreaterThan(1);
  expect(Math.min(...rounds)).toBeGreaterThan(0);
});
