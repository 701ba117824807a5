import { createHash, timingSafeEqual } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { v2 as sdk, type UploadApiOptions } from "cloudinary";
import { z } from "zod";
import { abortable } from "./abortable";
import { failure, transportKind } from "./explain-failure";
import type { ImageStore } from "./image-store";
import { ProviderError } from "./provider-error";

export interface CloudinaryOptions {
  /** `cloudinary://key:secret@cloud`, as Cloudinary's console shows it; may carry `?upload_prefix=`. */
  url: string;
  /** Where the API is; the default is Cloudinary's. */
  uploadPrefix?: string;
  sandbox: boolean;
}

/** Silence on the connection, in milliseconds, after which the SDK gives up. */
const SILENCE_MS = 60_000;

const uploaded = z.object({
  public_id: z.string(),
  version: z.number(),
  signature: z.string(),
  secure_url: z.url(),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
  format: z.string(),
});
const removed = z.object({ result: z.enum(["ok", "not found"]) });
const pong = z.object({ status: z.literal("ok") });
const sdkError = z.object({ message: z.string().optional(), http_code: z.number().optional() });

const nested = z.object({ error: z.unknown() });

type Callback = (error: unknown, result?: unknown) => void;

/**
 * Cloudinary's storage, through its SDK.
 * @throws Error when `url` is not a Cloudinary URL.
 */
export function createCloudinary({ url, uploadPrefix, sandbox }: CloudinaryOptions): ImageStore {
  const account = parseAccount(url);
  const prefix = uploadPrefix ?? account.prefix ?? "https://api.cloudinary.com";
  // The secret is part of what the SDK puts into some errors.
  sdk.config({ hide_sensitive: true });

  /** One call, on an agent of its own: destroying that is the only way to abort, and the only way to choose http. */
  async function call(signal: AbortSignal, send: (options: UploadApiOptions, done: Callback) => void) {
    signal.throwIfAborted();
    const agent = prefix.startsWith("http:") ? new http.Agent() : new https.Agent();
    try {
      const answer = new Promise<unknown>((resolve, reject) => {
        const options: UploadApiOptions = {
          cloud_name: account.cloud,
          api_key: account.key,
          api_secret: account.secret,
          upload_prefix: prefix,
          resource_type: "image",
          invalidate: true,
          timeout: SILENCE_MS,
          agent,
        };
        send(options, (error, result) => (error ? reject(error) : resolve(result)));
      });
      return await abortable(answer, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw explain(error, [account.key, account.secret]);
    } finally {
      agent.destroy();
    }
  }

  return {
    name: "cloudinary",
    sandbox,
    async upload(publicId, image, signal) {
      const answer = await call(signal, (options, done) => {
        sdk.uploader.upload_stream({ ...options, public_id: publicId, overwrite: true }, done).end(image);
      });
      const parsed = uploaded.safeParse(answer);
      if (!parsed.success) throw failure({ provider: "cloudinary", kind: "malformed" }, parsed.error);
      const { public_id, version, signature, secure_url, width, height, bytes, format } = parsed.data;
      // An answer that Cloudinary did not sign, or gave for another upload, says nothing about where the image is.
      if (public_id !== publicId || !isSigned(public_id, version, signature, account.secret)) {
        throw failure({ provider: "cloudinary", kind: "malformed" }, new Error("The response's signature is wrong."));
      }
      return { publicId, url: secure_url, width, height, bytes, format };
    },
    async remove(publicId, signal) {
      const answer = await call(signal, (options, done) => {
        sdk.uploader.destroy(publicId, options, done);
      });
      const parsed = removed.safeParse(answer);
      if (!parsed.success) throw failure({ provider: "cloudinary", kind: "malformed" }, parsed.error);
    },
    async ping(signal) {
      const answer = await call(signal, (options, done) => {
        // This part of the SDK tells its callback nothing but an answer, and rejects with errors a level deeper.
        sdk.api.ping(options).then(
          (result: unknown) => done(undefined, result),
          (error: unknown) => done(nested.safeParse(error).data?.error ?? error),
        );
      });
      const parsed = pong.safeParse(answer);
      if (!parsed.success) throw failure({ provider: "cloudinary", kind: "malformed" }, parsed.error);
    },
  };
}

function parseAccount(text: string): { cloud: string; key: string; secret: string; prefix: string | undefined } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "cloudinary:" || !url.hostname || !url.username || !url.password) {
    throw new Error("A Cloudinary URL has the form cloudinary://key:secret@cloud.");
  }
  return {
    cloud: url.hostname,
    key: url.username,
    secret: url.password,
    prefix: url.searchParams.get("upload_prefix") ?? undefined,
  };
}

/** The SDK can check this too, but only with the secret of its process-wide configuration. */
function isSigned(publicId: string, version: number, signature: string, secret: string): boolean {
  const algorithm = signature.length === 64 ? "sha256" : "sha1";
  const expected = createHash(algorithm).update(`public_id=${publicId}&version=${version}${secret}`).digest("hex");
  return signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}

function explain(error: unknown, secrets: string[]): ProviderError {
  if (error instanceof ProviderError) return error;
  const transport = transportKind(error);
  if (transport) return failure({ provider: "cloudinary", kind: transport }, error);
  const parsed = sdkError.safeParse(error);
  const status = parsed.success ? parsed.data.http_code : undefined;
  // The SDK rejects with plain objects; 499 is its own word for silence.
  const cause = new Error(parsed.success ? parsed.data.message : undefined);
  if (status === 499) return failure({ provider: "cloudinary", kind: "timeout" }, cause);
  if (status !== undefined && status >= 400) {
    return failure({ provider: "cloudinary", kind: "status", status }, cause, secrets);
  }
  return failure({ provider: "cloudinary", kind: "malformed" }, cause);
}
