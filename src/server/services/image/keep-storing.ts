import type { GenerationDoc, ImageDoc } from "@models";
import { sleep, withDeadline } from "@/server/lib/clock";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { ProviderError } from "@/server/providers/provider-error";
import { storeImages } from "./store-images";

/**
 * Stores the outputs, again and again while the image store is away: they can be fetched from the provider for an hour.
 * When time runs out, what was stored by then is what there is.
 * @throws what the last attempt failed with, when nothing could be stored.
 */
export async function keepStoring(
  generation: GenerationDoc,
  outputUrls: string[],
  price: number,
  tooLate: AbortSignal,
  log: Logger,
): Promise<ImageDoc[]> {
  let pause = policy.image.storeRetryMs;
  for (;;) {
    const attempt = withDeadline(tooLate, policy.image.storeMs);
    const { stored, failures } = await storeImages(generation, outputUrls, price, attempt, log);
    const canBeMended = failures.length > 0 && failures.every((error) => isPassing(error) || attempt.aborted);
    if (!canBeMended || tooLate.aborted) {
      if (stored.length === 0) throw failures.at(-1);
      return stored;
    }
    await sleep(pause, tooLate).catch(() => undefined);
    pause = Math.min(pause * 2, policy.image.storeRetryMaxMs);
  }
}

/** A failure that time may mend: the other side was not reached, or was not itself. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ProviderError)) return false;
  const { kind, status = 0 } = error.failure;
  if (kind === "status") return status >= 500 || status === 429 || status === 420 || status === 408;
  return kind !== "failed";
}
