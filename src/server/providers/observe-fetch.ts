import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";

/** What the network did during one call, for SDKs that hide it. */
export interface FetchNotes {
  /** The error below HTTP, with its code. */
  error?: unknown;
  /** `Retry-After`, as sent. */
  retryAfter?: string;
}

const running = new AsyncLocalStorage<FetchNotes>();
const notesOf = new WeakMap<object, FetchNotes>();
let listening = false;

/** Runs `call`; what its fetches meet is written into `notes`, during the call and while its bodies are read. */
export function observeFetch<T>(notes: FetchNotes, call: () => T): T {
  if (!listening) listen();
  return running.run(notes, call);
}

function listen(): void {
  listening = true;
  subscribe("undici:request:create", (message) => {
    const notes = running.getStore();
    if (notes && isObject(message) && isObject(message.request)) notesOf.set(message.request, notes);
  });
  subscribe("undici:request:headers", (message) => {
    const notes = lookUp(message);
    if (!notes || !isObject(message) || !isObject(message.response) || !Array.isArray(message.response.headers)) return;
    const headers = message.response.headers.map(String);
    const at = headers.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === "retry-after");
    if (at >= 0) notes.retryAfter = headers[at + 1];
  });
  subscribe("undici:request:error", (message) => {
    const notes = lookUp(message);
    if (notes && isObject(message)) notes.error = message.error;
  });
}

function lookUp(message: unknown): FetchNotes | undefined {
  return isObject(message) && isObject(message.request) ? notesOf.get(message.request) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
