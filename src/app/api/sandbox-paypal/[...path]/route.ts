import { env } from "@/env";
import { readBytes } from "@/server/api/read-body";

const FETCH_MS = 10_000;
/** A form with one choice in it. */
const FORM_MAX_BYTES = 10_000;

/** What a browser needs of PayPal: the button's script, and the two pages on which a buyer agrees. No API, no control. */
const SCRIPT = "sdk/js";
const PAGES = ["checkoutnow", "webapps/billing/subscriptions"];

/** For a page that brings no policy of its own: it shares its origin with the app. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

interface Context {
  params: Promise<{ path: string[] }>;
}

/**
 * The local PayPal stand-in's script and pages, under the app's own address: the sandbox listens on this machine only,
 * and people may open the app from another. Absent as soon as payments go to PayPal.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const path = (await params).path.join("/");
  return path === SCRIPT || PAGES.includes(path) ? pass(request, path) : notFound();
}

/** The buyer's choice, made on one of the pages. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const path = (await params).path.join("/");
  if (!PAGES.includes(path)) return notFound();
  if (!isFromHere(request)) return new Response("Only this site's own pages may post here.", { status: 403 });
  const body = await readBytes(request, FORM_MAX_BYTES);
  return body ? pass(request, path, body) : new Response("Too large", { status: 413 });
}

async function pass(request: Request, path: string, body?: Buffer<ArrayBuffer>): Promise<Response> {
  if (!env.SANDBOX_URL || (env.PAYPAL_CLIENT_ID && env.PAYPAL_CLIENT_SECRET)) return notFound();
  const base = `${env.SANDBOX_URL}/paypal/`;
  const type = request.headers.get("content-type");
  const reply = await fetch(`${base}${path}${new URL(request.url).search}`, {
    method: body ? "POST" : "GET",
    ...(body ? { body } : {}),
    headers: body && type ? { "content-type": type } : {},
    redirect: "manual",
    signal: AbortSignal.timeout(FETCH_MS),
  }).catch(() => undefined);
  if (!reply) return new Response("The provider sandbox does not answer. Try again in a moment.", { status: 502 });
  return new Response(reply.body, { status: reply.status, headers: headersOf(reply, base) });
}

function headersOf(reply: Response, base: string): Headers {
  const headers = new Headers({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
  for (const name of ["content-type", "cache-control", "content-security-policy"]) {
    const value = reply.headers.get(name);
    if (value) headers.set(name, value);
  }
  const isPage = reply.headers.get("content-type")?.startsWith("text/html") ?? false;
  if (isPage && !headers.has("content-security-policy")) headers.set("content-security-policy", PAGE_POLICY);
  const location = reply.headers.get("location");
  if (location) {
    const target = new URL(location, reply.url).href;
    headers.set("location", target.startsWith(base) ? `/api/sandbox-paypal/${target.slice(base.length)}` : target);
  }
  return headers;
}

/** True for a form on a page of this very address. */
function isFromHere({ headers }: Request): boolean {
  const origin = headers.get("origin");
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host;
}

const notFound = () => new Response("Not found", { status: 404 });
