import { createHash } from "node:crypto";
import type { Answer } from "./call";

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2530; --soft: #5b6775; --paper: #fff; --ground: #f1f3f5; --line: #d6dbe1;
  --strong: #0b5cad; --on-strong: #fff; --note: #fff4d6; --on-note: #5c4400 }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #a3afbc; --paper: #1b222a; --ground: #10151a;
  --line: #36414d; --strong: #7db8f5; --on-strong: #08213c; --note: #3a3013; --on-note: #ffe3a1 } }
* { box-sizing: border-box }
body { margin: 0; padding: 24px 16px; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif }
main { max-width: 420px; margin: 0 auto; padding: 24px; background: var(--paper); border: 1px solid var(--line);
  border-radius: 16px; overflow-wrap: anywhere }
h1 { margin: 16px 0 4px; font-size: 20px; line-height: 1.3 }
p { margin: 0 0 12px }
.banner { margin: 0 0 16px; padding: 8px 12px; border-radius: 8px; background: var(--note); color: var(--on-note);
  font-size: 14px; font-weight: 600 }
.soft { color: var(--soft); font-size: 14px }
.sum { margin: 12px 0 0; font-size: 30px; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums }
form { display: grid; gap: 10px; margin-top: 20px }
button, .button { display: block; width: 100%; min-height: 48px; padding: 10px 16px; border: 1px solid var(--line);
  border-radius: 10px; background: none; color: inherit; font: inherit; text-align: center; text-decoration: none;
  cursor: pointer }
button.strong { border-color: var(--strong); background: var(--strong); color: var(--on-strong); font-weight: 650 }
button:focus-visible, a:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px }
`;

/** Tells the window that opened this one and goes away; without one, goes back to the shop by itself. */
const FINISH = `
const { result, token, payer, subscription, back } = document.body.dataset;
if (window.opener) {
  const said = { source: "paypal-sandbox", result, token, payerID: payer, subscriptionID: subscription };
  window.opener.postMessage(said, "*");
  window.close();
} else if (back) location.replace(back);
`;

/** The pages share an origin with the app that proxies them, so nothing but their own script may run on them. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${createHash("sha256").update(FINISH).digest("base64")}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

export interface Choice {
  value: string;
  label: string;
}

export interface Offer {
  /** Who sells. */
  brand: string;
  title: string;
  /** "20.00 USD", or with "a month" after it. */
  sum: string;
  /** What went wrong so far. */
  notice?: string;
  /** The first one stands out. */
  choices: readonly [Choice, ...Choice[]];
}

/** Where the payer decides. The form has no address of its own: it posts to the page's, wherever that is served. */
export function offerPage({ brand, title, sum, notice, choices: [first, ...others] }: Offer): Answer {
  const button = ({ value, label }: Choice, look = "") =>
    `<button${look} name="choice" value="${escapeHtml(value)}">${escapeHtml(label)}</button>`;
  return page(
    200,
    `${title} · ${brand}`,
    `<p class="soft">${escapeHtml(brand)} asks you to pay as Sandy Box, buyer@sandbox.example</p>
<h1>${escapeHtml(title)}</h1>
<p class="sum">${escapeHtml(sum)}</p>
${notice === undefined ? "" : `<p role="alert"><strong>${escapeHtml(notice)}</strong></p>`}
<form method="post">
${button(first, ' class="strong"')}
${others.map((choice) => button(choice)).join("\n")}
</form>`,
  );
}

export interface Finish {
  result: "approved" | "cancelled";
  /** What the payer's window has to hear. */
  token: string;
  payer?: string;
  subscription?: string;
  /** Where the shop wants the payer back. */
  back: string | undefined;
}

/** The end of the visit: on to the window that waits for it, or back to the shop. */
export function finishPage({ back, ...said }: Finish): Answer {
  const data = Object.entries({ ...said, back })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` data-${name}="${escapeHtml(value ?? "")}"`)
    .join("");
  const title = said.result === "approved" ? "Thank you" : "Cancelled";
  return page(
    200,
    title,
    `<h1>${title}</h1><p>${back ? "You are on your way back." : "You can close this window."}</p>${backLink(back)}
<script>${FINISH}</script>`,
    data,
  );
}

/** Nothing to decide here. */
export function noticePage(status: number, title: string, text: string, back?: string): Answer {
  return page(status, title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${backLink(back)}`);
}

function backLink(back: string | undefined): string {
  return back === undefined ? "" : `<a class="button" href="${escapeHtml(back)}">Return to the shop</a>`;
}

function page(status: number, title: string, content: string, data = ""): Answer {
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · PayPal sandbox</title>
<style>${STYLE}</style>
</head>
<body${data}>
<main>
<p class="banner">PayPal sandbox — no real money</p>
${content}
</main>
</body>
</html>
`;
  return { status, body, headers: HEADERS };
}
