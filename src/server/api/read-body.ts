import { logger } from "@/server/lib/logger";
import { noteRefusal } from "./note-unheard";

/** The largest request anyone needs is a message of 8,000 characters in a batch of ten. */
const BODY_MAX_BYTES = 1_000_000;

/** The request with its body read, or the refusal of one that is too large: counted, whatever its headers claim. */
export async function readBody(request: Request, requestId: string): Promise<Request | Response> {
  const body = await readBodyBytes(request);
  if (!body) return tooLarge(requestId);
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, body });
}

/** The bytes of a call's body; undefined when there are too many. */
export const readBodyBytes = (request: Incoming): Promise<Buffer<ArrayBuffer> | undefined> =>
  readBytes(request, BODY_MAX_BYTES);

/** What is needed of a request, whatever brought it here. */
interface Incoming {
  headers: Headers;
  body: AsyncIterable<Uint8Array> | null;
}

/** The bytes of a request's body as they came; undefined when there are more than `max`. */
export async function readBytes(request: Incoming, max: number): Promise<Buffer<ArrayBuffer> | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > max) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > max) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The refusal of a body with too many bytes. */
export function tooLarge(requestId: string): Response {
  noteRefusal(logger.child({ requestId }), "unknown", "VALIDATION");
  const message = `body: Send at most ${BODY_MAX_BYTES / 1_000_000} MB.`;
  const data = {
    code: "PAYLOAD_TOO_LARGE",
    httpStatus: 413,
    appCode: "VALIDATION",
    requestId,
    fieldErrors: { body: [message] },
  };
  return Response.json(
    { error: { json: { message, code: -32_013, data } } },
    { status: 413, headers: { "x-request-id": requestId, connection: "close" } },
  );
}
