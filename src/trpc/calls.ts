import type { TRPCRequestOptions, TRPCUntypedClient } from "@trpc/client";
import type { AppRouter } from "@/server/api/root";

/** The client's code comes by itself, so that no page waits for it to come alive; the first call waits instead. */
const load = () => import("./client").then(({ untypedClient }) => untypedClient);

// The studio asks as soon as it is alive. Should this fail, the first call fetches it again.
if (typeof window !== "undefined") load().catch(() => undefined);

export const query = async (path: string, input: unknown, options?: TRPCRequestOptions): Promise<unknown> =>
  (await load()).query(path, input, options);

export const mutate = async (path: string, input: unknown, options?: TRPCRequestOptions): Promise<unknown> =>
  (await load()).mutation(path, input, options);

type Observer = Parameters<TRPCUntypedClient<AppRouter>["subscription"]>[2];

/** A subscription that can be left before it began. Where the client's code does not come it ends at once. */
export function subscribe(path: string, input: unknown, observer: Observer) {
  let call: { unsubscribe: () => void } | undefined;
  let left = false;
  load().then(
    (client) => {
      if (!left) call = client.subscription(path, input, observer);
    },
    () => {
      if (!left) observer.onComplete?.();
    },
  );
  return {
    unsubscribe: () => {
      left = true;
      call?.unsubscribe();
    },
  };
}
