/** Where a browser keeps which message its reader has closed. The server reads it too, so that nothing jumps. */
export const CLOSED_NOTICE_COOKIE = "inkwell-closed-notice";

/** A short name for a message: another message has another one. */
export function noticeId(message: string): string {
  let hash = 5381;
  for (let at = 0; at < message.length; at += 1) hash = (Math.imul(hash, 33) ^ message.charCodeAt(at)) >>> 0;
  return hash.toString(36);
}
