/**
 * The caller's address as the nearest proxy saw it: the last of `x-forwarded-for`, which a proxy appends to and a
 * caller cannot. Next fills it in from the socket when there is no proxy.
 */
export function clientAddress(headers: Headers): string {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
}
