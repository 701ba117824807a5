import { createHash } from "node:crypto";
import { customAlphabet } from "nanoid";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A new id for a stored thing: 21 letters and digits, safe in addresses. */
export const newId = customAlphabet(alphabet, 21);

/** A new request id. */
export const newRequestId = customAlphabet(alphabet, 16);

/** An incoming request id when it is a short safe token, a new one otherwise. */
export function requestIdFrom(header: string | null): string {
  return header && /^[A-Za-z0-9_-]{8,64}$/.test(header) ? header : newRequestId();
}

/** SHA-256 of `text`, base64url, cut to `length` characters. */
export function shortHash(text: string, length = 22): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, length);
}
