import mongoose from "mongoose";
import { vi } from "vitest";
import type { ChatProvider } from "@/server/providers/chat-provider";
import { paymentProvider } from "@/server/providers/configured";
import { type AnswerState, answers } from "@/server/services/chat/answers";
import { newCheckpoints } from "@/server/services/chat/keep-checkpoints";
import { closeUses, type SettledUse } from "@/server/services/credits/close-settled";
import { asStep, Worker } from "./worker";

interface Named {
  commandName?: string;
  ns?: { collection?: string };
  collection?: { collectionName?: string };
}

type Command = (this: object, operation: object, ...rest: unknown[]) => Promise<unknown>;

/** How answers ended that were told to whoever asked, by message id. An answer whose worker crashed told nobody. */
export const told = new Map<string, AnswerState["end"]>();

/** Makes everything a worker does outside of its own memory a step of its own. Code of no worker is let through. */
export function closeGates(chat: ChatProvider): void {
  gateDatabase();
  gateIntervals();
  gatePayments();
  partCheckpoints();
  closeAtOnce();
  followAnswers();
  provide("chat-providers", [chat]);
}

/** Every command the driver sends goes through one method of its, deep inside: nothing gets past it. */
function gateDatabase(): void {
  const server = theServer(mongoose.connection.getClient());
  const prototype: object = Object.getPrototypeOf(server);
  const command: Command = Reflect.get(prototype, "command");
  if (typeof command !== "function") throw new Error("The driver sends its commands in another way now.");
  const gated: Command = function (operation, ...rest) {
    return asStep(nameOf(operation), () => command.call(this, operation, ...rest));
  };
  Reflect.set(prototype, "command", gated);
}

function theServer(client: object): object {
  const topology: { s?: { servers?: Map<string, object> } } = Reflect.get(client, "topology");
  const [server] = topology?.s?.servers?.values() ?? [];
  if (!server) throw new Error("The driver keeps its servers elsewhere now.");
  return server;
}

function nameOf(operation: object): string {
  const { commandName, ns, collection }: Named = operation;
  return `${commandName} ${collection?.collectionName ?? ns?.collection}`;
}

/** A worker's timers fire when the test says so. */
function gateIntervals(): void {
  const { setInterval, clearInterval } = globalThis;
  const never = () => setInterval(() => undefined, 2 ** 31 - 1).unref();
  vi.spyOn(globalThis, "setInterval").mockImplementation((callback, ms, ...rest) => {
    const worker = Worker.current;
    if (!worker) return setInterval(callback, ms, ...rest);
    const handle = never();
    worker.every(() => callback(...rest), handle);
    return handle;
  });
  vi.spyOn(globalThis, "clearInterval").mockImplementation((handle) => {
    if (typeof handle === "object") Worker.current?.stopEvery(handle);
    clearInterval(handle);
  });
}

/** Each call to PayPal is a step. Its answer is read within it: nobody sees half an answer. */
function gatePayments(): void {
  const gated = new Proxy(paymentProvider(), {
    get(provider, name) {
      const value: unknown = Reflect.get(provider, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => asStep(`PayPal ${String(name)}`, () => value.apply(provider, args));
    },
  });
  provide("payment-provider", gated);
}

/** Each worker stands for a process, which notes the answers of its own. */
function partCheckpoints(): void {
  const ofWorkers = new WeakMap<Worker, ReturnType<typeof newCheckpoints>>();
  provide("checkpoints", {
    join(member: Parameters<ReturnType<typeof newCheckpoints>["join"]>[0]) {
      const worker = Worker.current;
      if (!worker) throw new Error("An answer is written by no worker.");
      const own = ofWorkers.get(worker) ?? newCheckpoints();
      ofWorkers.set(worker, own);
      return own.join(member);
    },
  });
}

/** What a worker settled it closes itself, behind its work and in steps of their own: it may die before. */
function closeAtOnce(): void {
  const ofTheTest = {};
  const closing = new WeakMap<object, Promise<void>>();
  provide("closing", {
    add(use: SettledUse) {
      const closer = Worker.current ?? ofTheTest;
      const closed = Promise.all([closing.get(closer), closeUses([use])]).then(() => undefined);
      closing.set(closer, closed);
      Worker.current?.alsoDo(closed);
    },
    flush: () => closing.get(Worker.current ?? ofTheTest) ?? Promise.resolve(),
  });
}

/** An answer is written behind the request that asked for it: the same process, so the same worker. */
function followAnswers(): void {
  const start = answers.start.bind(answers);
  vi.spyOn(answers, "start").mockImplementation((id, state, work) =>
    start(id, state, (run) => {
      const ended = work(run).then(() => void told.set(id, run.state.end));
      Worker.current?.alsoDo(ended);
      return ended;
    }),
  );
}

/** Puts something in the place where the process keeps it under that name. */
export function provide(name: string, value: object): void {
  Reflect.set(globalThis, Symbol.for(`inkwell.${name}`), value);
}
