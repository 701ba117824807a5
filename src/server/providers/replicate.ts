import ReplicateClient from "replicate";
import { z } from "zod";
import { withOwnSignal } from "./abortable";
import { explainTransport, failure, parseRetryAfter } from "./explain-failure";
import type { ImageProvider, Prediction } from "./image-provider";
import { dateOf, unknownModel } from "./model-lookup";
import { ProviderError } from "./provider-error";
import { predictionId } from "./replicate-wire";

export interface ReplicateOptions {
  apiToken: string;
  /** With its version, as in `https://api.replicate.com/v1`, which is the default. */
  baseUrl?: string;
  sandbox: boolean;
  /** Where Replicate is to tell that a prediction has ended; without it, it is only asked. */
  webhookUrl?: string;
  /** Asks about predictions and downloads their images; the default is the global fetch. */
  pollFetch?: typeof fetch;
}

/** What Replicate calls the one event we want to hear of: the prediction succeeded, failed or was canceled. */
const ENDED = "completed" as const;
const MAX_IMAGE_BYTES = 25 * 1024 * 1024;

const reply = z.object({
  id: predictionId,
  status: z.enum(["starting", "processing", "succeeded", "failed", "canceled", "aborted"]),
  output: z.union([z.string(), z.array(z.string())]).nullish(),
  logs: z.string().nullish(),
  error: z.unknown(),
});

const modelReply = z.object({ owner: z.string(), name: z.string() });
const secretReply = z.object({ key: z.string().min(1) });

/** Replicate words its refusals differently from model to model. */
const SAFETY_WORDS = /nsfw|safety|flagged|sensitive|moderat|inappropriate|content policy|prohibited/i;

/** Replicate's predictions, through its SDK. */
export function createReplicate(options: ReplicateOptions): ImageProvider {
  const { apiToken, baseUrl, sandbox, webhookUrl, pollFetch = fetch } = options;
  const notice = webhookUrl ? { webhook: webhookUrl, webhook_events_filter: [ENDED] } : {};

  /** One call through the SDK, in which each request is made once. */
  async function call<T>(
    signal: AbortSignal,
    run: (client: ReplicateClient, own: AbortSignal) => Promise<T>,
    send: typeof fetch,
    secrets: string[] = [],
  ): Promise<T> {
    try {
      return await withOwnSignal(signal, (own) => {
        const client = new ReplicateClient({
          auth: apiToken,
          baseUrl: baseUrl ?? "https://api.replicate.com/v1",
          useFileOutput: false,
          fetch: sendOnce(send),
        });
        return run(client, own);
      });
    } catch (error) {
      signal.throwIfAborted();
      throw explain(error, [apiToken, ...secrets]);
    }
  }

  return {
    name: "replicate",
    sandbox,
    create: ({ model, prompt, aspectRatio, count, seed, signal }) => {
      const input = {
        prompt,
        aspect_ratio: aspectRatio,
        num_outputs: count,
        output_format: "webp",
        ...(seed !== undefined && { seed }),
      };
      const order = async (client: ReplicateClient, own: AbortSignal) =>
        read(await client.predictions.create({ model, input, ...notice, signal: own }));
      return call(signal, order, fetch, [prompt]);
    },
    get: (id, signal) =>
      call(signal, async (client, own) => read(await client.predictions.get(id, { signal: own })), pollFetch),
    cancel: (id, signal) =>
      call(
        signal,
        async (client, own) => {
          await client.predictions.cancel(id, { signal: own });
        },
        fetch,
      ),
    async download(url, signal) {
      try {
        return await withOwnSignal(signal, (own) => download(url, own, sandbox, pollFetch));
      } catch (error) {
        signal.throwIfAborted();
        throw explainTransport("replicate", error);
      }
    },
    async lookUpModel(model, signal) {
      const [owner = "", name = ""] = model.split("/");
      let headers = new Headers();
      const noteHeaders: typeof fetch = async (input, init) => {
        const response = await fetch(input, init);
        headers = response.headers;
        return response;
      };
      const ask = async (client: ReplicateClient, own: AbortSignal) =>
        modelReply.parse(await client.models.get(owner, name, { signal: own }));
      try {
        await call(signal, ask, noteHeaders);
        return { known: true, ...dateOf(headers) };
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        return unknownModel(error);
      }
    },
    signingSecret: (signal) =>
      call(
        signal,
        async (client, own) => secretReply.parse(await client.webhooks.default.secret.get({ signal: own })).key,
        fetch,
      ),
  };
}

/**
 * A fetch that gives the same answer however often it is asked: the SDK repeats what failed, orders included, up to six
 * times and cannot be told not to. Made anew for every call.
 */
function sendOnce(send: typeof fetch): (input: Request | string, init?: RequestInit) => Promise<Response> {
  let answer: Promise<Response> | undefined;
  return (input, init) => {
    answer ??= send(input, { ...init, cache: "no-store" });
    return answer;
  };
}

function read(value: unknown): Prediction {
  const { id, status, output, logs, error } = reply.parse(value);
  const percent = percentOf(logs ?? "");
  return {
    id,
    status: status === "aborted" ? "canceled" : status,
    ...(percent !== undefined && { percent }),
    outputUrls: status === "succeeded" ? [output ?? []].flat() : [],
    blocked: status === "failed" && typeof error === "string" && SAFETY_WORDS.test(error),
  };
}

/** The last `42%|` of a progress bar in the logs. */
function percentOf(logs: string): number | undefined {
  const last = [...logs.matchAll(/(\d{1,3})%\|/g)].at(-1)?.[1];
  return last === undefined ? undefined : Math.min(100, Number(last));
}

async function download(url: string, signal: AbortSignal, sandbox: boolean, send: typeof fetch): Promise<Buffer> {
  const { protocol } = new URL(url);
  if (protocol !== "https:" && !sandbox) throw failure({ provider: "replicate", kind: "malformed" });
  const response = await send(url, { signal, cache: "no-store" });
  if (!response.ok) {
    const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"));
    throw failure({ provider: "replicate", kind: "status", status: response.status, retryAfterMs });
  }
  const isImage = response.headers.get("content-type")?.startsWith("image/");
  const announced = Number(response.headers.get("content-length") ?? 0);
  if (!isImage || !response.body || announced > MAX_IMAGE_BYTES) {
    throw failure({ provider: "replicate", kind: "malformed" });
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > MAX_IMAGE_BYTES) throw failure({ provider: "replicate", kind: "malformed" });
    parts.push(part);
  }
  if (size === 0) throw failure({ provider: "replicate", kind: "malformed" });
  return Buffer.concat(parts);
}

function explain(error: unknown, secrets: string[]): ProviderError {
  if (error instanceof ProviderError) return error;
  // The SDK does not export its error class.
  if (error instanceof Error && "response" in error && error.response instanceof Response) {
    const { status, headers } = error.response;
    const retryAfterMs = parseRetryAfter(headers.get("retry-after"));
    return failure({ provider: "replicate", kind: "status", status, retryAfterMs }, error, secrets);
  }
  return explainTransport("replicate", error);
}
