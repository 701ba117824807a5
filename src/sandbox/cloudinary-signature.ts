import { createHash } from "node:crypto";

/** Fields that are never part of what is signed. */
const UNSIGNED = new Set(["file", "cloud_name", "resource_type", "api_key", "signature"]);

/** True when the form carries a signature made with `secret`, by SHA-1 or SHA-256, in either of the two versions. */
export function isSignedWith(secret: string, fields: Record<string, string>): boolean {
  const pairs = Object.entries(fields)
    .filter(([name, value]) => !UNSIGNED.has(name) && value !== "")
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}=${value}`);
  // Version 2 escapes the separator, so that one value cannot pose as two fields.
  const texts = [pairs.join("&"), pairs.map((pair) => pair.replaceAll("&", "%26")).join("&")];
  return texts.some((text) => hash(text + secret, fields.signature) === fields.signature);
}

/** The signature of an upload's response, in the algorithm the request was signed with. */
export function signResponse(secret: string, publicId: string, version: number, requestSignature?: string): string {
  return hash(`public_id=${publicId}&version=${version}${secret}`, requestSignature);
}

function hash(text: string, like: string | undefined): string {
  return createHash(like?.length === 64 ? "sha256" : "sha1")
    .update(text)
    .digest("hex");
}
