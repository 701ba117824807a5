import { validateWebhook } from "replicate";
import { z } from "zod";
import type { NoticeRefusal, PredictionNoticeVerifier } from "./image-provider";
import { predictionId } from "./replicate-wire";

export interface ReplicateWebhookVerifierOptions {
  /** The account's signing secret, "whsec_…". Without one no delivery can be believed. */
  secret: string | undefined;
  now?: () => number;
}

/** Replicate gives up after about a minute; whatever is older was kept by somebody to be sent again. */
const MAX_AGE_MS = 5 * 60_000;
/** How far Replicate's clock may be ahead of ours. */
const MAX_AHEAD_MS = 60_000;

const notice = z.object({ id: predictionId });

/**
 * Tells Replicate's own messages from everyone else's by their signature. The SDK checks no more than that: the age is
 * checked here. Asks nobody.
 */
export function createReplicateWebhookVerifier(options: ReplicateWebhookVerifierOptions): PredictionNoticeVerifier {
  const { secret, now = Date.now } = options;
  return {
    async verify({ headers, body }) {
      const signed = readHeaders(headers);
      if (!signed) return refuse("unsigned");
      const sentAt = Number(signed.timestamp) * 1_000;
      if (sentAt < now() - MAX_AGE_MS || sentAt > now() + MAX_AHEAD_MS) return refuse("too-old");
      const text = readText(body);
      if (!text) return refuse("malformed");
      if (!secret || !(await validateWebhook({ ...signed, body: text, secret }))) return refuse("signature");
      return readNotice(text) ?? refuse("malformed");
    },
  };
}

const refuse = (refused: NoticeRefusal) => ({ refused });

function readHeaders(headers: Headers) {
  const id = headers.get("webhook-id");
  const timestamp = headers.get("webhook-timestamp");
  const signature = headers.get("webhook-signature");
  if (!id || !timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return undefined;
  return { id, timestamp, signature };
}

/** The SDK checks text. Reading it strictly makes sure that no byte of the body can differ from what was signed. */
function readText(body: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

function readNotice(text: string): { predictionId: string } | undefined {
  try {
    return { predictionId: notice.parse(JSON.parse(text)).id };
  } catch {
    return undefined;
  }
}
