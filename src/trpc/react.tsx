"use client";

import {
  type QueryClient,
  QueryClientProvider,
  type UseMutationOptions,
  type UseQueryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { CreateTRPCReact } from "@trpc/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { type ReactNode, useMemo, useState } from "react";
import type { AppRouter } from "@/server/api/root";
import { mutate, query, subscribe } from "./calls";
import { pathProxy } from "./path-proxy";
import { createQueryClient } from "./query-client";
import { queryKeyOf } from "./query-key";

export type RouterOutputs = inferRouterOutputs<AppRouter>;

/** What can be asked of a procedure by name: the part of tRPC's hooks that is used here. */
function useProcedure(names: string[], args: unknown[]): unknown {
  const path = names.slice(0, -1);
  const name = path.join(".");
  switch (names.at(-1)) {
    case "useQuery": {
      const [input, options] = args as [unknown, Partial<UseQueryOptions>?];
      // biome-ignore lint/correctness/useHookAtTopLevel: whoever calls a hook by its name calls the same one each time.
      return useQuery({ ...options, queryKey: queryKeyOf(path, input, "query"), queryFn: () => query(name, input) });
    }
    case "useMutation": {
      const [options] = args as [UseMutationOptions<unknown, Error, unknown>?];
      // biome-ignore lint/correctness/useHookAtTopLevel: as above.
      return useMutation({ ...options, mutationKey: [path], mutationFn: (input: unknown) => mutate(name, input) });
    }
    case "useUtils": {
      // biome-ignore lint/correctness/useHookAtTopLevel: as above.
      const queryClient = useQueryClient();
      // biome-ignore lint/correctness/useHookAtTopLevel: as above.
      return useMemo(() => utilsOf(queryClient), [queryClient]);
    }
    case "_def":
      return { path };
  }
  throw new Error(`${names.join(".")} is not among the hooks in src/trpc/react.tsx.`);
}

function utilsOf(queryClient: QueryClient): unknown {
  return pathProxy((names, args) => {
    if (names[0] === "client") return callClient(names.slice(1), args);
    const path = names.slice(0, -1);
    switch (names.at(-1)) {
      case "invalidate":
        return queryClient.invalidateQueries({ queryKey: queryKeyOf(path, args[0]) });
      case "setData":
        return queryClient.setQueryData(queryKeyOf(path, args[0], "query"), args[1]);
    }
    throw new Error(`${names.join(".")} is not among the utilities in src/trpc/react.tsx.`);
  });
}

function callClient(names: string[], args: unknown[]): unknown {
  const name = names.slice(0, -1).join(".");
  const [input, options] = args as [unknown, object?];
  switch (names.at(-1)) {
    case "query":
      return query(name, input, options);
    case "mutate":
      return mutate(name, input, options);
    case "subscribe":
      return subscribe(name, input, options ?? {});
  }
  throw new Error(`client.${names.join(".")} is not a call.`);
}

/**
 * The API by its names, with tRPC's types. The hooks are our own, for their size: tRPC's bring its whole client along,
 * and each page would wait for it to come alive (docs/decisions/0017).
 */
export const trpc = pathProxy(useProcedure) as Pick<
  CreateTRPCReact<AppRouter, unknown>,
  keyof RouterOutputs | "useUtils"
>;

/** Gives the tree below it what `trpc`'s hooks need. */
export function TRPCReactProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}
