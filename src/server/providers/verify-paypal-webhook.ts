import { verify } from "node:crypto";
import { crc32 } from "node:zlib";
import { z } from "zod";
import type { WebhookEvent, WebhookVerifier } from "./payment-provider";
import { createPaypalCertificates, type FetchCertificate, fetchCertificate } from "./paypal-certificates";
import type { WebhookRefusal } from "./webhook-delivery";

export interface PaypalWebhookVerifierOptions {
  /** The id PayPal gave our webhook, which is part of what it signs. Without one no delivery can be believed. */
  webhookId: string | undefined;
  /** Where certificates may come from: `https://api.paypal.com` and its like, or the local sandbox's origin. */
  certificateOrigins: readonly string[];
  fetchCertificate?: FetchCertificate;
  /** PayPal goes on delivering for three days. */
  maxAgeMs?: number;
  now?: () => number;
}

const DAY_MS = 24 * 60 * 60_000;
/** How far PayPal's clock may be ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000;
const MAX_BODY_BYTES = 1024 * 1024;

const event = z.object({
  id: z.string().min(1).max(100),
  event_type: z.string().min(1).max(100),
  resource: z.record(z.string(), z.unknown()),
});

/**
 * Tells PayPal's own messages from everyone else's by their signature, without asking PayPal's API. What costs nothing
 * is checked first: nobody can make us fetch anything but a certificate of PayPal's, and that only with a message that
 * looks genuine.
 */
export function createPaypalWebhookVerifier(options: PaypalWebhookVerifierOptions): WebhookVerifier {
  const { webhookId, certificateOrigins, maxAgeMs = 4 * DAY_MS, now = Date.now } = options;
  const certificates = createPaypalCertificates(certificateOrigins, options.fetchCertificate ?? fetchCertificate, now);

  return {
    async verify({ headers, body }, signal) {
      const signed = readHeaders(headers);
      if (!signed) return refuse("unsigned");
      const sentAt = Date.parse(signed.time);
      // Written so that a time that is none is refused too.
      if (!(sentAt >= now() - maxAgeMs && sentAt <= now() + MAX_AHEAD_MS)) return refuse("too-old");
      const address = certificates.readAddress(signed.certificateUrl);
      if (!address) return refuse("certificate");
      const event = readEvent(body);
      if (!event) return refuse("malformed");
      if (!webhookId) return refuse("signature");
      const certificate = await certificates.load(address, signal);
      if (!certificate) return refuse("certificate");
      const message = Buffer.from(`${signed.id}|${signed.time}|${webhookId}|${crc32(body)}`);
      const isGenuine = verify("sha256", message, certificate.publicKey, Buffer.from(signed.signature, "base64"));
      return isGenuine ? event : refuse("signature");
    },
  };
}

const refuse = (refused: WebhookRefusal) => ({ refused });

function readHeaders(headers: Headers) {
  const id = headers.get("paypal-transmission-id");
  const time = headers.get("paypal-transmission-time");
  const signature = headers.get("paypal-transmission-sig");
  const certificateUrl = headers.get("paypal-cert-url");
  const algorithm = headers.get("paypal-auth-algo");
  if (!id || !time || !signature || !certificateUrl || algorithm !== "SHA256withRSA") return undefined;
  return { id, time, signature, certificateUrl };
}

function readEvent(body: Buffer): WebhookEvent | undefined {
  if (body.byteLength > MAX_BODY_BYTES) return undefined;
  try {
    const { id, event_type, resource } = event.parse(JSON.parse(body.toString("utf8")));
    return { id, type: event_type, resource };
  } catch {
    return undefined;
  }
}
