/** Calls `onCall` with the names that led to the call: `proxy.chat.list.useQuery(1)` with ["chat", "list", "useQuery"] and [1]. */
export function pathProxy(onCall: (path: string[], args: unknown[]) => unknown, path: string[] = []): unknown {
  return new Proxy(() => undefined, {
    get: (_, name) => (typeof name === "string" ? pathProxy(onCall, [...path, name]) : undefined),
    apply: (_, __, args: unknown[]) => onCall(path, args),
  });
}
