"use client";

import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(onChange: () => void) {
  listeners.add(onChange);
  window.addEventListener("storage", onChange);
  return () => {
    listeners.delete(onChange);
    window.removeEventListener("storage", onChange);
  };
}

function read(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, value: string | null) {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
  } catch {
    // A full or forbidden store costs only the memory of this value.
  }
  for (const listener of listeners) listener();
}

const session = () => window.sessionStorage;
const local = () => window.localStorage;

type Change = string | null | ((kept: string | null) => string | null);

/** A string kept in the browser for this session (`session`) or for good (`local`); null when there is none. */
export function useStored(kind: "session" | "local", key: string) {
  const storage = kind === "session" ? session : local;
  const value = useSyncExternalStore(
    subscribe,
    () => read(storage, key),
    () => null,
  );
  const set = useCallback(
    (next: Change) => write(storage, key, typeof next === "function" ? next(read(storage, key)) : next),
    [storage, key],
  );
  return [value, set] as const;
}
