import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Exchange } from "../exchange";
import { visitOrder, visitSubscription } from "./approval";
import type { Answer, Paypal } from "./call";
import { CERTIFICATE_PATH } from "./signature";

/** What needs no token: the payer's pages, the button, and the certificate. Undefined for everything else. */
export async function answerBrowser(paypal: Paypal, { req, url, body, log }: Exchange): Promise<Answer | undefined> {
  const method = req.method ?? "GET";
  const route = `${method} ${url.pathname}`;
  switch (route) {
    case `GET ${CERTIFICATE_PATH}`: {
      const { certificate } = await paypal.webhooks.signer();
      return { status: 200, body: certificate, headers: { "content-type": "application/x-pem-file" } };
    }
    case "GET /sdk/js":
      return buttonScript(url);
    case "GET /checkoutnow":
    case "POST /checkoutnow":
    case "GET /webapps/billing/subscriptions":
    case "POST /webapps/billing/subscriptions": {
      await paypal.state.ready();
      const form = new URLSearchParams(body.toString());
      if (method === "POST") log.body = Object.fromEntries(form);
      const visit = url.pathname === "/checkoutnow" ? visitOrder : visitSubscription;
      return visit(paypal, { method, url, form });
    }
    default:
      return undefined;
  }
}

async function buttonScript(url: URL): Promise<Answer> {
  const headers = {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "no-cache",
    "cross-origin-resource-policy": "cross-origin",
  };
  if (!url.searchParams.get("client-id")) {
    return { status: 400, body: 'throw new Error("SDK Validation error: client-id is missing");', headers };
  }
  return {
    status: 200,
    body: await readFile(fileURLToPath(new URL("button-script.js", import.meta.url)), "utf8"),
    headers,
  };
}
