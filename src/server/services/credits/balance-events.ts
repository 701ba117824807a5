import { EventEmitter } from "node:events";
import { processState } from "@/server/lib/process-state";
import type { Balance } from "@/shared/common";

const emitter = processState("balance-events", () => new EventEmitter().setMaxListeners(0));

/** Tells whoever watches this user's balance, in this process, that it changed. */
export function announceBalance(userId: string, balance: Balance): void {
  emitter.emit(userId, balance);
}

/** Calls `listener` on each change until the returned function is called. */
export function onBalance(userId: string, listener: (balance: Balance) => void): () => void {
  emitter.on(userId, listener);
  return () => emitter.off(userId, listener);
}
