"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Options } from "react-markdown";

type Plugins = NonNullable<Options["rehypePlugins"]>;

/** Plugins that are heavy and seldom needed: fetched once, when the first text asks for them. */
const loaded: { maths?: Plugins; code?: Plugins } = {};
const listeners = new Set<() => void>();
let version = 0;

function announce() {
  version++;
  for (const listener of listeners) listener();
}

async function loadMaths() {
  loaded.maths = (await import("./maths-plugin")).mathsPlugins;
  announce();
}

async function loadCode() {
  loaded.code = (await import("./code-plugin")).codePlugins;
  announce();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const NONE: Plugins = [];

/** The plugins `text` calls for, as far as they have arrived. Without them it is plain, and just as readable. */
export function useRichPlugins(text: string): Plugins {
  const wantsMaths = text.includes("$$");
  const wantsCode = text.includes("```");
  const now = useSyncExternalStore(
    subscribe,
    () => version,
    () => 0,
  );

  useEffect(() => {
    if (wantsMaths && !loaded.maths) void loadMaths();
    if (wantsCode && !loaded.code) void loadCode();
  }, [wantsMaths, wantsCode]);

  return useMemo(() => {
    if (now === 0) return NONE;
    return [...(wantsMaths ? (loaded.maths ?? []) : []), ...(wantsCode ? (loaded.code ?? []) : [])];
  }, [now, wantsMaths, wantsCode]);
}
