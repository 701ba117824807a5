import { Message } from "@models";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sleep } from "@/server/lib/clock";
import { newKey, person, sandbox, send, the } from "../../../../tests/studio";

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

test("a note taken before a shared answer came does not land on top of it", async () => {
  sandbox().fail("gemini", { kind: "delay", delayMs: 400 });
  const { findOneAndUpdate, updateOne } = Message.collection;
  const answerWritten = moments();
  const noteWritten = moments();
  // The network brings the note at the worst moment: after the answer's text, before it is shown as final.
  vi.spyOn(Message.collection, "findOneAndUpdate").mockImplementation(async (...command) => {
    const id = String(command[0]._id);
    const change = JSON.stringify(command[1]);
    const isNote = change.includes('"content":""');
    if (isNote) await answerWritten.wait(id);
    if (change.includes('"status":"complete"')) await noteWritten.wait(id);
    const result = await Reflect.apply(findOneAndUpdate, Message.collection, command);
    if (isNote) noteWritten.come(id);
    return result;
  });
  vi.spyOn(Message.collection, "updateOne").mockImplementation(async (...command) => {
    const result = await Reflect.apply(updateOne, Message.collection, command);
    if (/"content":"[^"]/.test(JSON.stringify(command[1]))) answerWritten.come(String(command[0]._id));
    return result;
  });

  const content = `Asked by two ${newKey()}`;
  const [first, second] = await Promise.all([send(await person(), { content }), send(await person(), { content })]);
  const follower = the(first, "done").cached ? first : second;
  const { message } = the(follower, "done");
  expect(message).toMatchObject({ cached: true, content: expect.stringContaining("sandbox") });
  expect((await Message.findById(message.id).lean())?.content).toBe(message.content);
});
