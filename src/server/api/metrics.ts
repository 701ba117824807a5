import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/env";
import { readMetrics } from "@/server/services/observability/read-metrics";

/** What Prometheus scrapes, for whoever shows METRICS_TOKEN. Without that variable there is nothing here. */
export async function handleMetrics(request: Request): Promise<Response> {
  const { METRICS_TOKEN: token } = env;
  if (!token) return new Response("Not found", { status: 404 });
  if (!isSame(request.headers.get("authorization") ?? "", `Bearer ${token}`)) {
    const headers = { "www-authenticate": "Bearer" };
    return new Response("Send the token: authorization: Bearer <METRICS_TOKEN>", { status: 401, headers });
  }
  const { text, contentType } = await readMetrics();
  return new Response(text, { headers: { "content-type": contentType, "cache-control": "no-store" } });
}

/** Takes as long whether the first or the last letter is wrong. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
