import { type KeyObject, randomBytes, sign } from "node:crypto";

const TAG = { integer: 0x02, bits: 0x03, null: 0x05, oid: 0x06, text: 0x0c, utcTime: 0x17, list: 0x30, set: 0x31 };
const SHA256_WITH_RSA = Buffer.from("2a864886f70d01010b", "hex");
const COMMON_NAME = Buffer.from("550403", "hex");
const TEN_YEARS_MS = 3_650 * 86_400_000;

/** One DER element (X.690): its type, its length, its content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const digits = body.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

/**
 * A certificate over the key pair, signed by itself, as PEM: the shape in which PayPal publishes what its webhooks are
 * signed with. The plainest there is (X.509 version 1), which is all that a signature check reads.
 */
export function selfSign(name: string, publicKey: KeyObject, privateKey: KeyObject, now = Date.now()): string {
  const algorithm = der(TAG.list, der(TAG.oid, SHA256_WITH_RSA), der(TAG.null));
  const party = der(TAG.list, der(TAG.set, der(TAG.list, der(TAG.oid, COMMON_NAME), der(TAG.text, Buffer.from(name)))));
  const time = (ms: number) => {
    const digits = new Date(ms).toISOString().replace(/\D/g, "");
    return der(TAG.utcTime, Buffer.from(`${digits.slice(2, 14)}Z`));
  };
  const content = der(
    TAG.list,
    // A leading 1 keeps the serial number positive and of one length.
    der(TAG.integer, Buffer.from([1]), randomBytes(15)),
    algorithm,
    party,
    der(TAG.list, time(now - 86_400_000), time(now + TEN_YEARS_MS)),
    party,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = der(TAG.bits, Buffer.from([0]), sign("sha256", content, privateKey));
  const lines =
    der(TAG.list, content, algorithm, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
