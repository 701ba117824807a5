import { createHash, randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { isSignedWith, signResponse } from "./cloudinary-signature";
import { parseDeliveryPath, renderVariant } from "./cloudinary-variant";
import { type Exchange, parseJson, type StandIn, sendJson, strikesLooks, WRONG_KEY } from "./exchange";
import { loadSharp } from "./image/load-sharp";
import { keep, readKept } from "./keep-files";
import { parseMultipart } from "./multipart";

/** The API secret every cloud of the sandbox has. It protects nothing; it lets signatures be checked for real. */
const SANDBOX_CLOUDINARY_SECRET = "sandbox";

/** Longer than any upload waits in a queue, as at Cloudinary. */
const SIGNATURE_LIFE_S = 3_600;

const picture = z.object({
  publicId: z.string(),
  version: z.int(),
  width: z.int(),
  height: z.int(),
  format: z.string(),
  bytes: z.int(),
  etag: z.string(),
});
type Picture = z.infer<typeof picture>;

/** Cloudinary's double: signed upload and removal, and delivery with the common transformations. */
export function createCloudinaryStandIn(dir: string, origin: () => string): StandIn {
  // Hashed, because a public id may hold anything, slashes included.
  const folderOf = (cloud: string, publicId: string) =>
    join(dir, "cloudinary", cloud, createHash("sha256").update(publicId).digest("hex").slice(0, 40));

  async function find(cloud: string, publicId: string): Promise<Picture | undefined> {
    const kept = await readKept(join(folderOf(cloud, publicId), "picture.json"));
    return kept && picture.parse(parseJson(kept));
  }

  /** The form's fields when the signature is right; otherwise it has answered. */
  function verified({ req, res, body, log }: Exchange) {
    const form = parseMultipart(body, req.headers["content-type"]);
    if (!form) return standIn.refuse(res, 400, "Missing required parameter - file");
    log.body = { ...form.fields, ...(form.file && { file: form.file.length }) };
    const { api_key, signature, timestamp } = form.fields;
    if (!api_key || !signature) return standIn.refuse(res, 401, "Must supply api_key and signature");
    if (api_key === WRONG_KEY) return standIn.refuse(res, 401, `Invalid api_key ${api_key}`);
    if (!isSignedWith(SANDBOX_CLOUDINARY_SECRET, form.fields)) {
      return standIn.refuse(res, 401, `Invalid Signature ${signature}.`);
    }
    if (Math.abs(Date.now() / 1_000 - Number(timestamp)) < SIGNATURE_LIFE_S) return form;
    return standIn.refuse(res, 400, "Stale request");
  }

  async function upload(exchange: Exchange, cloud: string): Promise<void> {
    const form = verified(exchange);
    if (!form) return;
    const { file, fields } = form;
    if (!file || file.length === 0) return standIn.refuse(exchange.res, 400, "Empty file");
    const sharp = await loadSharp();
    const seen = await sharp(file)
      .metadata()
      .catch(() => undefined);
    if (!seen) return standIn.refuse(exchange.res, 400, "Invalid image file");

    const publicId = fields.public_id || randomBytes(10).toString("hex");
    const old = await find(cloud, publicId);
    const made: Picture = {
      publicId,
      version: Math.max(Math.floor(Date.now() / 1_000), (old?.version ?? 0) + 1),
      width: seen.width,
      height: seen.height,
      format: seen.format === "jpeg" ? "jpg" : seen.format,
      bytes: file.length,
      etag: createHash("md5").update(file).digest("hex"),
    };
    const folder = folderOf(cloud, publicId);
    await rm(folder, { recursive: true, force: true });
    await keep(join(folder, "original"), file);
    await keep(join(folder, "picture.json"), JSON.stringify(made));
    const address = publicId.split("/").map(encodeURIComponent).join("/");
    const url = `${origin()}/cloudinary/${cloud}/image/upload/v${made.version}/${address}.${made.format}`;
    sendJson(exchange.res, 200, {
      asset_id: createHash("md5").update(`${cloud}/${publicId}`).digest("hex"),
      public_id: publicId,
      version: made.version,
      signature: signResponse(SANDBOX_CLOUDINARY_SECRET, publicId, made.version, fields.signature),
      width: made.width,
      height: made.height,
      format: made.format,
      resource_type: "image",
      type: "upload",
      created_at: new Date().toISOString(),
      bytes: made.bytes,
      etag: made.etag,
      url,
      secure_url: url,
      ...(old && { overwritten: true }),
    });
  }

  async function destroy(exchange: Exchange, cloud: string): Promise<void> {
    const form = verified(exchange);
    if (!form) return;
    const publicId = form.fields.public_id ?? "";
    const found = await find(cloud, publicId);
    if (found) await rm(folderOf(cloud, publicId), { recursive: true, force: true });
    sendJson(exchange.res, 200, { result: found ? "ok" : "not found" });
  }

  async function deliver({ req, res, url }: Exchange, cloud: string, path: string): Promise<void> {
    const wanted = parseDeliveryPath(path, req.headers.accept ?? "");
    const found = wanted && (await find(cloud, wanted.publicId));
    const folder = found && folderOf(cloud, found.publicId);
    const original = folder && (await readKept(join(folder, "original")));
    if (!wanted || !found || !original) {
      res.setHeader("x-cld-error", "Resource not found");
      return standIn.refuse(res, 404, `Resource not found ${url.pathname}`);
    }
    const key = createHash("sha1").update(JSON.stringify(wanted)).digest("hex");
    const etag = `"${found.etag}-${key.slice(0, 8)}"`;
    const headers = {
      etag,
      // The version is part of the address, so a picture under it never changes.
      "cache-control": wanted.versioned ? "public, max-age=31536000, immutable" : "public, max-age=60",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "timing-allow-origin": "*",
      "x-content-type-options": "nosniff",
      ...(wanted.format === "auto" && { vary: "accept" }),
    };
    if (req.headers["if-none-match"] === etag) {
      res.writeHead(304, headers);
      res.end();
      return;
    }
    const variantPath = join(folder, "variants", key);
    const kept = await readKept(variantPath);
    const { bytes, type } = await renderVariant(original, wanted, kept);
    if (!kept) await keep(variantPath, bytes);
    res.writeHead(200, { ...headers, "content-type": type, "content-length": bytes.length });
    res.end(req.method === "HEAD" ? undefined : bytes);
  }

  const standIn: StandIn = {
    takesFault: (method, path, fault) => method === "POST" || (path.endsWith("/ping") && strikesLooks(fault)),

    async handle(exchange) {
      const { req, res, url } = exchange;
      const call = /^\/v1_1\/([a-z0-9_-]{1,60})\/(image\/upload|image\/destroy|ping)$/i.exec(url.pathname);
      if (call?.[1] && req.method === "POST" && call[2] === "image/upload") return upload(exchange, call[1]);
      if (call?.[1] && req.method === "POST" && call[2] === "image/destroy") return destroy(exchange, call[1]);
      if (call && req.method === "GET" && call[2] === "ping") {
        const [key, secret] = Buffer.from(req.headers.authorization?.replace(/^Basic /, "") ?? "", "base64")
          .toString()
          .split(":");
        if (key === WRONG_KEY) return standIn.refuse(res, 401, `Invalid api_key ${key}`);
        if (secret !== SANDBOX_CLOUDINARY_SECRET) return standIn.refuse(res, 401, "api_secret mismatch");
        return sendJson(res, 200, { status: "ok" });
      }
      const delivery = /^\/([a-z0-9_-]{1,60})\/image\/upload\/(.+)$/i.exec(url.pathname);
      if (delivery?.[1] && delivery[2] && (req.method === "GET" || req.method === "HEAD")) {
        return deliver(exchange, delivery[1], delivery[2]);
      }
      standIn.refuse(res, 404, "Not found");
    },

    refuse(res, status, message = "The sandbox was asked to refuse this request.", retryAfter) {
      const headers: Record<string, string> = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
      sendJson(res, status, { error: { message } }, { "x-cld-error": message, ...headers });
    },
  };
  return standIn;
}
