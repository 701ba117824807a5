import { X509Certificate } from "node:crypto";
import { LRUCache } from "lru-cache";
import { abortable } from "./abortable";
import { explainTransport, failure, parseRetryAfter } from "./explain-failure";

/** PayPal's own hosts, whose certificates bear PayPal's name; any other origin in the allow list is the local sandbox. */
const PAYPAL_HOST = /^https:\/\/api(-m)?(\.sandbox)?\.paypal\.com$/;
const PAYPAL_PATH = "/v1/notifications/certs/";
const SANDBOX_PATH = "/paypal/v1/notifications/certs/";
const CERTIFICATE_NAME = /^[\w-][\w.-]{0,127}$/;

const MAX_BYTES = 64 * 1024;
const FETCH_MS = 5_000;
const KEPT = 16;
const KEPT_MS = 4 * 60 * 60_000;

/** Gets the PEM text at an address that was found good; undefined when the address leads elsewhere. */
export type FetchCertificate = (url: string, signal: AbortSignal) => Promise<string | undefined>;

export interface PaypalCertificates {
  /** The address in its one spelling; undefined when PayPal does not keep its certificates there. Fetches nothing. */
  readAddress(text: string): URL | undefined;
  /**
   * The certificate at an address that was read, undefined when it must not be trusted.
   * @throws ProviderError when it could not be had.
   */
  load(address: URL, signal: AbortSignal): Promise<X509Certificate | undefined>;
}

/** The certificates PayPal signs its webhooks with. Good ones are kept for a few hours. */
export function createPaypalCertificates(
  origins: readonly string[],
  fetchCertificate: FetchCertificate,
  now: () => number,
): PaypalCertificates {
  const kept = new LRUCache<string, X509Certificate>({ max: KEPT, ttl: KEPT_MS });
  // Apart from what is kept, so that a flood of made-up addresses cannot push a good certificate out.
  const flights = new Map<string, Promise<X509Certificate | undefined>>();

  async function fetchGood(address: URL): Promise<X509Certificate | undefined> {
    const pem = await fetchCertificate(address.href, AbortSignal.timeout(FETCH_MS));
    const certificate = pem === undefined ? undefined : parse(pem);
    if (!certificate || !isTrusted(certificate, address, now())) return undefined;
    kept.set(address.href, certificate);
    return certificate;
  }

  return {
    readAddress(text) {
      if (!URL.canParse(text)) return undefined;
      const url = new URL(text);
      if (!origins.includes(url.origin) || url.username || url.password || url.search || url.hash) return undefined;
      const folder = PAYPAL_HOST.test(url.origin) ? PAYPAL_PATH : SANDBOX_PATH;
      if (!url.pathname.startsWith(folder) || !CERTIFICATE_NAME.test(url.pathname.slice(folder.length)))
        return undefined;
      return url;
    },
    async load(address, signal) {
      signal.throwIfAborted();
      const known = kept.get(address.href);
      if (known && isCurrent(known, now())) return known;
      let flight = flights.get(address.href);
      if (!flight) {
        flight = fetchGood(address).finally(() => flights.delete(address.href));
        flights.set(address.href, flight);
      }
      try {
        return await abortable(flight, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw explainTransport("paypal", error);
      }
    },
  };
}

/** @throws ProviderError for every failure. A redirect is no failure but a wrong address. */
export async function fetchCertificate(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(url, { redirect: "manual", cache: "no-store", signal });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok) {
      await response.body?.cancel();
      const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"));
      throw failure({ provider: "paypal", kind: "status", status: response.status, retryAfterMs });
    }
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body ?? []) {
      size += part.byteLength;
      if (size > MAX_BYTES) throw failure({ provider: "paypal", kind: "malformed" });
      parts.push(part);
    }
    return Buffer.concat(parts).toString("utf8");
  } catch (error) {
    if (signal.aborted) throw failure({ provider: "paypal", kind: "timeout" }, error);
    throw explainTransport("paypal", error);
  }
}

/** The first certificate of a PEM file, which is the one that signs. */
function parse(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw failure({ provider: "paypal", kind: "malformed" }, error);
  }
}

function isTrusted(certificate: X509Certificate, { origin }: URL, at: number): boolean {
  const { asymmetricKeyType } = certificate.publicKey;
  if (asymmetricKeyType !== "rsa" || !isCurrent(certificate, at)) return false;
  return !PAYPAL_HOST.test(origin) || /^CN=.+\.paypal\.com$/m.test(certificate.subject);
}

function isCurrent({ validFrom, validTo }: X509Certificate, at: number): boolean {
  return Date.parse(validFrom) <= at && at <= Date.parse(validTo);
}
