import { QueryClient } from "@tanstack/react-query";

const RETRIES = 2;

/** What our own server says of an error; nothing when it was not reached. */
function appCodeOf(error: unknown): unknown {
  if (!(error instanceof Error) || !("data" in error)) return undefined;
  const { data } = error;
  return typeof data === "object" && data !== null && "appCode" in data ? data.appCode : undefined;
}

/** Reads are tried again when the server or the network was away, not when they were refused. */
function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= RETRIES) return false;
  const appCode = appCodeOf(error);
  return appCode === undefined || appCode === "SERVICE_UNAVAILABLE" || appCode === "INTERNAL";
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry: shouldRetry }, mutations: { retry: false } },
  });
}
