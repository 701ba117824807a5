import { Courier } from "../courier";
import { type FaultQueue, isWebhookFault } from "../faults";
import { newEventId } from "./ids";
import { CERTIFICATE_PATH, lazySigner, signHeaders } from "./signature";
import { toTime } from "./time";

/** What the sandbox's webhook is called as long as nobody calls it otherwise. */
export const PAYPAL_WEBHOOK_ID = "WH-SANDBOX";

/** Where the API tells of them. */
export const WEBHOOKS_PATH = "/v1/notifications/webhooks";

/** Older events are forgotten, so that a sandbox running for weeks does not grow. */
const KEPT = 500;

/** As often as PayPal tries before it gives up. */
const MAX_TRIES = 25;

/** How PayPal writes that a webhook is told of every kind of event. */
const EVERYTHING = ["*"];

/** What happened, before it is an event. */
export interface Happening {
  event_type: string;
  resource_type: string;
  summary: string;
  resource: object;
}

/** An event as it goes over the wire. */
export interface SignedEvent {
  id: string;
  event_type: string;
  headers: Record<string, string>;
  body: string;
}

export interface SignRequest {
  event: object;
  webhookId?: string;
  /** An ISO time; now without it. */
  time?: string;
  certUrl?: string;
}

interface KeptEvent {
  id: string;
  event_type: string;
  at: number;
  body: string;
  accepted: boolean;
  /** Of its first transmission, made when first needed. */
  headers?: Promise<Record<string, string>>;
}

/** Makes the events, signs them, and sends them to the app. */
export class Webhooks {
  readonly signer: ReturnType<typeof lazySigner>;
  private readonly courier = new Courier(MAX_TRIES);
  private url: string | undefined;
  private webhookId = PAYPAL_WEBHOOK_ID;
  private eventTypes = EVERYTHING;
  private delivering = true;
  private kept: KeptEvent[] = [];
  /** Waits for the next one to go first. */
  private heldBack: KeptEvent | undefined;

  /** `base()` is the stand-in's own address. */
  constructor(
    dir: string,
    private readonly base: () => string,
    private readonly faults: FaultQueue,
    url: string | undefined,
  ) {
    this.signer = lazySigner(dir);
    this.url = url;
  }

  setTarget(url: string | undefined, webhookId = PAYPAL_WEBHOOK_ID, eventTypes = EVERYTHING): void {
    this.url = url;
    this.webhookId = webhookId;
    this.eventTypes = eventTypes;
  }

  /** The one webhook as the API lists it; none while there is no address. */
  list(): object[] {
    if (!this.url) return [];
    return [{ id: this.webhookId, url: this.url, event_types: this.eventTypes.map((name) => ({ name })) }];
  }

  /** False keeps back everything that happens from now on; `resend` sends it later. */
  deliver(on: boolean): void {
    this.delivering = on;
  }

  /** Notes an event and sends it on its way; does not wait for it. */
  emit(happening: Happening): void {
    const event = this.make(happening);
    if (!this.delivering || !this.url) return;
    // The fault's `path` names the type of the event.
    const fault = this.faults.take("paypal", { path: event.event_type, body: event.body }, isWebhookFault);
    if (fault?.kind === "webhook-drop") return;
    if (fault?.kind === "webhook-reorder" && !this.heldBack) {
      this.heldBack = event;
      return;
    }
    const earlier = this.heldBack;
    this.heldBack = undefined;
    const delayMs = fault?.kind === "webhook-delay" ? (fault.delayMs ?? 1_000) : 0;
    const sent = this.courier.send(this.first(event), { delayMs });
    if (earlier) this.courier.send(this.first(earlier), { after: sent });
    if (fault?.kind === "webhook-duplicate") {
      this.courier.send(this.another(event));
      this.courier.send(this.first(this.make(happening)));
    }
  }

  /** Everything that happened since the start or the last reset, oldest first. */
  events(): Promise<SignedEvent[]> {
    return Promise.all(
      this.kept.map(async (event) => {
        const { id, event_type, body } = event;
        return { id, event_type, headers: await this.headersOf(event), body };
      }),
    );
  }

  /** Sends one event again, or all that were never accepted; tells how many. */
  resend(eventId?: string): number {
    const chosen = this.kept.filter((event) => (eventId === undefined ? !event.accepted : event.id === eventId));
    for (const event of chosen) this.courier.send(this.another(event));
    return chosen.length;
  }

  /** Signs any event, even one that never happened. */
  async sign({ event, webhookId, time, certUrl }: SignRequest): Promise<Pick<SignedEvent, "headers" | "body">> {
    const body = JSON.stringify(event);
    return { headers: await this.signed(body, time ? Date.parse(time) : Date.now(), webhookId, certUrl), body };
  }

  /** Resolves when everything on its way was tried once; further tries are not waited for. */
  settled(): Promise<void> {
    return this.courier.settled();
  }

  /** Forgets the events and what is on its way. */
  reset(): void {
    this.courier.forget();
    this.kept = [];
    this.heldBack = undefined;
    this.delivering = true;
  }

  close(): void {
    this.delivering = false;
    this.courier.forget();
  }

  private make({ event_type, resource_type, summary, resource }: Happening): KeptEvent {
    const id = newEventId();
    const at = Date.now();
    const address = `${this.base()}/v1/notifications/webhooks-events/${id}`;
    const body = JSON.stringify({
      id,
      event_version: "1.0",
      create_time: toTime(at),
      resource_type,
      event_type,
      summary,
      resource,
      links: [
        { href: address, rel: "self", method: "GET" },
        { href: `${address}/resend`, rel: "resend", method: "POST" },
      ],
    });
    const event: KeptEvent = { id, event_type, at, body, accepted: false };
    this.kept.push(event);
    if (this.kept.length > KEPT) this.kept.shift();
    return event;
  }

  private first(event: KeptEvent) {
    return { ...this.another(event), headers: () => this.headersOf(event) };
  }

  /** The same event in a transmission of its own. */
  private another(event: KeptEvent) {
    return {
      address: () => this.url,
      body: event.body,
      headers: () => this.signed(event.body, Date.now()),
      accepted: () => {
        event.accepted = true;
      },
    };
  }

  private headersOf(event: KeptEvent): Promise<Record<string, string>> {
    event.headers ??= this.signed(event.body, event.at);
    return event.headers;
  }

  private async signed(body: string, at: number, webhookId = this.webhookId, certUrl = this.base() + CERTIFICATE_PATH) {
    return signHeaders(await this.signer(), { body, webhookId, certUrl, at });
  }
}
