import { QueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";

const RETRIES = 2;

/** Reads are tried again when the server or the network was away, not when they were refused. */
function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= RETRIES) return false;
  if (!(error instanceof TRPCClientError)) return true;
  const appCode: unknown = error.data?.appCode;
  return appCode === undefined || appCode === "SERVICE_UNAVAILABLE" || appCode === "INTERNAL";
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry: shouldRetry }, mutations: { retry: false } },
  });
}
