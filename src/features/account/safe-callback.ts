const HOME = "/chat";

/** Where to go after signing in: a path on this site, never an address elsewhere. */
export function safeCallback(wanted: string | string[] | undefined): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/")) return HOME;
  const base = "http://here.invalid";
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : undefined;
  return url?.origin === base ? `${url.pathname}${url.search}${url.hash}` : HOME;
}
