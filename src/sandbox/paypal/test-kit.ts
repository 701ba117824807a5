import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseJson, readBody } from "../exchange";
import { type Sandbox, type SandboxOptions, startSandbox } from "../index";

export interface Shop {
  sandbox: Sandbox;
  /** Calls the API with a token; the JSON it answers is `any`, as it is in every test. */
  call(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Reply>;
  /** An order as the app makes one. */
  order(extra?: { value?: string; currency_code?: string; requestId?: string }): Promise<string>;
  /** An order, approved and captured; resolves to the name of its capture. */
  sale(value?: string): Promise<string>;
  /** Stops the sandbox and starts it again over the same directory. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: assertions reach into whatever JSON came.
export type Reply = { status: number; body: any };

/** A running sandbox and a caller of its PayPal. */
export async function openShop(options: Partial<SandboxOptions> = {}): Promise<Shop> {
  const dir = await mkdtemp(join(tmpdir(), "sandbox-paypal-"));
  const start = () => startSandbox({ dir, ...options });
  let token: string | undefined;

  const shop: Shop = {
    sandbox: await start(),

    async call(method, path, body, headers = {}) {
      token ??= await tokenOf(shop.sandbox.url);
      const answer = await fetch(`${shop.sandbox.url}/paypal${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
        body: body && JSON.stringify(body),
      });
      return { status: answer.status, body: parseJson(await answer.text()) };
    },

    async order({ value = "20.00", currency_code = "USD", requestId } = {}) {
      const headers: Record<string, string> = requestId === undefined ? {} : { "paypal-request-id": requestId };
      const made = await shop.call("POST", "/v2/checkout/orders", orderOf({ currency_code, value }), headers);
      return made.body.id;
    },

    async sale(value = "20.00") {
      const orderId = await shop.order({ value });
      await shop.sandbox.paypal.approve({ orderId });
      const captured = await shop.call("POST", `/v2/checkout/orders/${orderId}/capture`, {});
      return captured.body.purchase_units[0].payments.captures[0].id;
    },

    async restart() {
      await shop.sandbox.close();
      shop.sandbox = await start();
      token = undefined;
    },

    async close() {
      await shop.sandbox.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return shop;
}

export function orderOf(amount: { currency_code: string; value: string | undefined }): object {
  return {
    intent: "CAPTURE",
    purchase_units: [{ custom_id: "op-1", description: "500 credits", amount }],
    payment_source: {
      paypal: {
        experience_context: {
          return_url: "http://localhost:3000/credits?paid",
          cancel_url: "http://localhost:3000/credits?cancelled",
          brand_name: "Inkwell",
          user_action: "PAY_NOW",
          shipping_preference: "NO_SHIPPING",
        },
      },
    },
  };
}

export async function tokenOf(origin: string, credentials = "id:secret"): Promise<string | undefined> {
  const answer = await fetch(`${origin}/paypal/v1/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token } = await answer.json();
  return access_token;
}

/** An app that takes webhooks, and answers with the statuses given, then with 200. */
export async function openInbox(...statuses: number[]) {
  // biome-ignore lint/suspicious/noExplicitAny: assertions reach into whatever event came.
  const received: { headers: IncomingHttpHeaders; raw: string; event: any }[] = [];
  const server = createServer(async (req, res) => {
    const raw = (await readBody(req)).toString();
    received.push({ headers: req.headers, raw, event: parseJson(raw) });
    res.writeHead(statuses.shift() ?? 200);
    res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The inbox has no port.");
  return {
    url: `http://127.0.0.1:${address.port}/api/webhooks/paypal`,
    received,
    /** The types of what came, in order. */
    types: () => received.map(({ event }) => event.event_type),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
