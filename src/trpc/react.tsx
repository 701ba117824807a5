"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { httpBatchStreamLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCReact } from "@trpc/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "@/server/api/root";
import { createQueryClient } from "./query-client";

export const trpc = createTRPCReact<AppRouter>();
export type RouterOutputs = inferRouterOutputs<AppRouter>;

const options = { url: "/api/trpc", transformer: superjson };

function createClient() {
  return trpc.createClient({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink(options),
        false: splitLink({
          condition: (operation) => operation.type === "mutation",
          // Streams that share a batch cannot be stopped singly.
          true: httpBatchStreamLink({ ...options, maxItems: 1 }),
          // The server takes ten calls in a batch.
          false: httpBatchStreamLink({ ...options, maxItems: 10 }),
        }),
      }),
    ],
  });
}

/** Gives the tree below it `trpc`'s hooks. */
export function TRPCReactProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(createClient);
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
