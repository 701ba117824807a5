import {
  createTRPCClient,
  createTRPCUntypedClient,
  httpBatchStreamLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/api/root";

const options = { url: "/api/trpc", transformer: superjson };

const links: TRPCLink<AppRouter>[] = [
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
];

/** tRPC's own client. It is fetched beside the pages, which are drawn and alive without it: see `calls.ts`. */
export const untypedClient = createTRPCUntypedClient<AppRouter>({ links });

/** The same for pages that strangers see: they fetch it when they first ask for something. */
export const visitor = createTRPCClient<AppRouter>({ links });
