import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";

/** Security headers and a fresh script nonce for every page. Never the guard: procedures decide who may do what. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "strict-origin-when-cross-origin");
  response.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
  response.headers.set("cross-origin-opener-policy", "same-origin-allow-popups");
  return response;
}

/**
 * What PayPal's button loads, frames and talks to: developer.paypal.com/sdk/js/best-practices. Its script runs by the
 * nonce. The button's own frame is posted to, which the list there leaves out.
 */
const PAYPAL = " https://*.paypal.com https://*.paypalobjects.com https://*.venmo.com";
const PAYPAL_FORMS = " https://*.paypal.com";

function contentSecurityPolicy(nonce: string): string {
  const isDevelopment = process.env.NODE_ENV === "development";
  // The shop opens in front of any page, and pages change without a new document: the policy is the same for all.
  const sells = Boolean(process.env.PAYPAL_CLIENT_ID);
  const paypal = sells ? PAYPAL : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: https://res.cloudinary.com${paypal}`,
    "font-src 'self' data:",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}${paypal}`,
    `frame-src 'self'${paypal}`,
    "object-src 'none'",
    "base-uri 'self'",
    `form-action 'self'${sells ? PAYPAL_FORMS : ""}`,
    "frame-ancestors 'none'",
  ].join("; ");
}

/** API routes are left out: the proxy would cut large bodies short. */
export const config = {
  matcher: [{ source: "/((?!api/|_next/static|_next/image|icon.svg|manifest.webmanifest).*)" }],
};
