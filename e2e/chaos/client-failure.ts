import { TRPCClientError } from "@trpc/client";
import { z } from "zod";
import type { Refusal } from "./use";

const shape = z.object({ appCode: z.string() });

/** What an app said when a request failed; undefined when it could say nothing, because the connection broke. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const data = shape.safeParse(error.data);
  return data.success ? { code: data.data.appCode, words: error.message } : undefined;
}
