import { z } from "zod";
import type { Fault, LoggedRequest, PaceChange, SandboxProvider } from "../../src/sandbox";

export type Approval = "completed" | "pending" | "declined";

const tokenAnswer = z.object({ access_token: z.string() });
const order = z.object({
  status: z.string(),
  purchase_units: z.array(
    z.object({
      payments: z
        .object({ captures: z.array(z.object({ id: z.string(), status: z.string() })).default([]) })
        .optional(),
    }),
  ),
});

/** The stand-ins for the providers, steered from outside: their faults, and the payers at PayPal. */
export class SandboxDesk {
  readonly #address: string;
  #token: string | undefined;

  constructor(address: string) {
    this.#address = address;
  }

  fail(provider: SandboxProvider, fault: Fault): Promise<void> {
    return this.#post("faults", { provider, ...fault });
  }

  /** Forgets the faults nobody has met yet. */
  heal(): Promise<void> {
    return this.#post("heal", {});
  }

  setPace(change: PaceChange): Promise<void> {
    return this.#post("pace", change);
  }

  /** The payer agrees. */
  approve(orderId: string, outcome: Approval): Promise<void> {
    return this.#post("paypal/approve", { orderId, outcome });
  }

  /** PayPal ends the review of a payment. */
  endReview(captureId: string, how: "complete" | "deny"): Promise<void> {
    return this.#post(`paypal/${how}`, { captureId });
  }

  /** PayPal sends again what was never accepted. */
  resend(): Promise<void> {
    return this.#post("paypal/resend", {});
  }

  /** Requests that are not over. */
  async open(): Promise<LoggedRequest[]> {
    return (await this.#get("__control/open")).json();
  }

  /** What PayPal took for an order: the capture's id and its status. */
  async captures(orderId: string): Promise<{ id: string; status: string }[]> {
    const authorization = `Bearer ${await this.#signedIn()}`;
    const answer = await this.#get(`paypal/v2/checkout/orders/${orderId}`, { authorization });
    return order.parse(await answer.json()).purchase_units.flatMap(({ payments }) => payments?.captures ?? []);
  }

  async #signedIn(): Promise<string> {
    if (this.#token) return this.#token;
    const answer = await fetch(`${this.#address}/paypal/v1/oauth2/token`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa("auditor:auditor")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    this.#token = tokenAnswer.parse(await answer.json()).access_token;
    return this.#token;
  }

  async #get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    const answer = await fetch(`${this.#address}/${path}`, { headers });
    if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${await answer.text()}`);
    return answer;
  }

  async #post(route: string, body: object): Promise<void> {
    const answer = await fetch(`${this.#address}/__control/${route}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`The sandbox refused ${route}: ${await answer.text()}`);
  }
}
