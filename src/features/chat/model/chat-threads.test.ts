import { expect, onTestFinished, test, vi } from "vitest";
import type { ChatEvent, ChatMessage } from "@/shared/chat";
import { type ChatPort, ChatThreads, type Question } from "./chat-threads";

const START: ChatEvent = {
  type: "start",
  conversationId: "c_1",
  userMessageId: "u_1",
  messageId: "m_1",
  requestId: "r_1",
  quotedCost: 1,
};
const BALANCE = { available: 9, held: 0, owed: 0 };
const WHOLE: ChatMessage = {
  id: "m_1",
  conversationId: "c_1",
  parentId: "u_1",
  role: "assistant",
  content: "Ink and paper",
  status: "complete",
  charged: 1,
  requestId: "r_1",
  createdAt: new Date(1),
};
const DONE: ChatEvent = { type: "done", message: WHOLE, charged: 1, cached: false, balance: BALANCE };
const QUESTION: Question = { content: "What is this made of?", tier: "fast", expectedCost: 1 };

async function* stream(...events: (ChatEvent | Error)[]) {
  for (const event of events) {
    if (event instanceof Error) throw event;
    yield event;
  }
}

function threadsWith(port: Partial<ChatPort>) {
  const whole: ChatPort = {
    send: vi.fn(async () => stream(START, DONE)),
    follow: vi.fn(() => () => undefined),
    stop: vi.fn(async () => undefined),
    began: vi.fn(),
    ended: vi.fn(),
    ...port,
  };
  return { threads: new ChatThreads(whole), port: whole };
}

test("sends once, however often the button is pressed", async () => {
  const { threads, port } = threadsWith({});
  await Promise.all([threads.send("new-0", undefined, QUESTION), threads.send("new-0", undefined, QUESTION)]);
  expect(port.send).toHaveBeenCalledTimes(1);
  expect(threads.thread("new-0")).toMatchObject({ conversationId: "c_1", run: undefined });
  expect(threads.keyOf("c_1")).toBe("new-0");
  expect(port.ended).toHaveBeenCalledWith("c_1", BALANCE);
});

test("keeps a question that may have arrived under its key, so that it runs only once", async () => {
  const { threads, port } = threadsWith({ send: vi.fn(async () => Promise.reject(new TypeError("fetch failed"))) });
  await threads.send("new-0", undefined, QUESTION);
  const { refused, messages } = threads.thread("new-0");
  expect(refused?.failure.code).toBe("NETWORK");
  expect(refused?.question.idempotencyKey).toBe(vi.mocked(port.send).mock.calls[0]?.[0].idempotencyKey);
  expect(messages.size).toBe(0);
});

test("goes on where it was when the stream breaks, and takes nothing twice", async () => {
  const half: ChatEvent = { type: "delta", seq: 0, text: "Ink and" };
  const { threads, port } = threadsWith({
    send: vi.fn(async () => stream(START, half, new Error("connection lost"))),
    follow: vi.fn((_, on) => {
      on.event({ type: "delta", seq: 0, text: "Ink and pa" });
      on.event({ type: "delta", seq: 10, text: "per" });
      return () => undefined;
    }),
  });
  await threads.send("new-0", undefined, QUESTION);
  expect(port.follow).toHaveBeenCalledTimes(1);
  expect(threads.thread("new-0").messages.get("m_1")?.content).toBe("Ink and paper");
});

test("follows the answer on another line when this one goes silent", async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  async function* silent() {
    yield START;
    await new Promise(() => undefined);
  }
  const { threads, port } = threadsWith({ send: vi.fn(async () => silent()) });
  const sent = threads.send("new-0", undefined, QUESTION);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(port.follow).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(30_000);
  await sent;
  expect(port.follow).toHaveBeenCalledTimes(1);
  expect(vi.mocked(port.send).mock.calls[0]?.[1].aborted).toBe(true);
});

test("stops an answer that had not begun as soon as it does", async () => {
  let begin: (() => void) | undefined;
  const gate = new Promise<void>((resolve) => {
    begin = resolve;
  });
  async function* late() {
    await gate;
    yield START;
    yield DONE;
  }
  const { threads, port } = threadsWith({ send: async () => late() });
  const sent = threads.send("new-0", undefined, QUESTION);
  await threads.stop("new-0");
  begin?.();
  await sent;
  expect(port.stop).toHaveBeenCalledWith("m_1");
});

test("while an answer grows, nothing changes for whoever shows all but its text", async () => {
  const { threads } = threadsWith({
    send: async () =>
      stream(START, { type: "delta", seq: 0, text: "Ink" }, { type: "delta", seq: 3, text: " and paper" }, DONE),
  });
  const frames = new Set<unknown>();
  const words = new Set<string | undefined>();
  threads.subscribe(() => {
    frames.add(threads.frame("new-0"));
    words.add(threads.thread("new-0").messages.get("m_1")?.content);
  });
  await threads.send("new-0", undefined, QUESTION);
  const framesBefore = frames.size;
  expect(threads.frame("new-0")).toBe(threads.thread("new-0"));
  expect(threads.frame("new-0").messages.get("m_1")?.content).toBe("Ink and paper");
  // Pending, begun, whole.
  expect(framesBefore).toBe(3);
});

test("begins a new sheet only after the last one was begun", async () => {
  const { threads } = threadsWith({});
  threads.openNew();
  expect(threads.keyOf(undefined)).toBe("new-0");
  await threads.send("new-0", undefined, QUESTION);
  threads.openNew();
  expect(threads.keyOf(undefined)).toBe("new-1");
});
