import { createPrivateKey, generateKeyPair, randomUUID, sign } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { parseJson } from "../exchange";
import { keep, readKept } from "../keep-files";
import { selfSign } from "./certificate";

/** Where the certificate is served, under the stand-in's base URL. */
export const CERTIFICATE_PATH = "/v1/notifications/certs/CERT-SANDBOX.pem";

const signer = z.object({ key: z.string(), certificate: z.string() });
export type Signer = z.infer<typeof signer>;

/** Finds the key and certificate of an earlier run, or makes them: only when something is to be signed or checked. */
export function lazySigner(dir: string): () => Promise<Signer> {
  let found: Promise<Signer> | undefined;
  return () => {
    found ??= findOrMake(join(dir, "webhook-signer.json"));
    return found;
  };
}

async function findOrMake(path: string): Promise<Signer> {
  const kept = await readKept(path);
  if (kept) return signer.parse(parseJson(kept));
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2_048 });
  const made = {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: selfSign("Inkwell PayPal sandbox", publicKey, privateKey),
  };
  await keep(path, JSON.stringify(made));
  return made;
}

export interface Transmission {
  body: string;
  webhookId: string;
  certUrl: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The headers PayPal sends along with a webhook's body. */
export function signHeaders({ key }: Signer, { body, webhookId, certUrl, at }: Transmission): Record<string, string> {
  const id = randomUUID();
  const time = new Date(at).toISOString();
  const signed = `${id}|${time}|${webhookId}|${crc32(body)}`;
  return {
    "content-type": "application/json",
    "paypal-transmission-id": id,
    "paypal-transmission-time": time,
    "paypal-transmission-sig": sign("sha256", Buffer.from(signed), createPrivateKey(key)).toString("base64"),
    "paypal-cert-url": certUrl,
    "paypal-auth-algo": "SHA256withRSA",
    "paypal-auth-version": "v2",
  };
}
