import { AsyncLocalStorage } from "node:async_hooks";

/** The id of the HTTP request being served, for errors that tRPC raises before it has a context. */
export const requestScope = new AsyncLocalStorage<{ requestId: string }>();
