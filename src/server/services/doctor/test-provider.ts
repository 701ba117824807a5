import type { z } from "zod";
import type { Actor } from "@/server/lib/actor";
import { AppError } from "@/shared/errors";
import type { testProviderInput, testProviderOutput } from "@/shared/operations";

export async function testProvider(
  _actor: Actor,
  _input: z.infer<typeof testProviderInput>,
): Promise<z.infer<typeof testProviderOutput>> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
