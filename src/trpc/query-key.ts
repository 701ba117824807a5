import type { QueryKey } from "@tanstack/react-query";
import type { getQueryKey as GetQueryKey } from "@trpc/react-query";

/** The key of a procedure's answers, as tRPC makes it; without input and kind, that of all of them, or of a router's. */
export function queryKeyOf(path: string[], input?: unknown, kind?: "query" | "infinite" | "any"): QueryKey {
  const type = kind === "any" ? undefined : kind;
  if (input === undefined && type === undefined) return path.length > 0 ? [path] : [];
  return [path, { ...(input === undefined ? {} : { input }), ...(type ? { type } : {}) }];
}

interface Named {
  _def: () => { path: string[] };
}

const keyOfProcedure = ({ _def }: Named, input?: unknown, kind?: "query" | "infinite" | "any") =>
  queryKeyOf(_def().path, input, kind);

/** tRPC's own, which would bring all of tRPC's hooks along. */
export const getQueryKey = keyOfProcedure as unknown as typeof GetQueryKey;
