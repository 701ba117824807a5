import { createHmac } from "node:crypto";
import { customAlphabet } from "nanoid";
import { Courier } from "./courier";
import { type FaultQueue, isWebhookFault } from "./faults";

/** What signs the webhooks here, as `GET /v1/webhooks/default/secret` tells. */
export const REPLICATE_WEBHOOK_SECRET = `whsec_${Buffer.from("inkwell-sandbox-replicate-secret").toString("base64")}`;

/** Replicate tries for about a minute. */
const MAX_TRIES = 7;

const newId = customAlphabet("0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz", 27);

export interface PredictionSignRequest {
  body: string;
  /** A message's own id; a new one without it. */
  id?: string;
  /** Milliseconds since the epoch; now without it. */
  at?: number;
  secret?: string;
}

export interface SignedNotice {
  headers: Record<string, string>;
  body: string;
}

/** Plays Replicate's side of the webhook. */
export interface ReplicateControl {
  /** Where messages for another machine go instead, whatever was asked for; without an address they are not sent. */
  setWebhook(target: { url?: string }): void;
  /** Signs anything, so that a test can send what Replicate never would. */
  sign(request: PredictionSignRequest): SignedNotice;
  /** Resolves when every message on its way was tried once; of predictions that have not ended, none is. */
  settled(): Promise<void>;
}

/** Signs what there is to tell of predictions, and brings it where its order asked for. */
export class ReplicateWebhooks implements ReplicateControl {
  private readonly courier = new Courier(MAX_TRIES);
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly faults: FaultQueue,
    private url: string | undefined,
  ) {}

  setWebhook({ url }: { url?: string }): void {
    this.url = url;
  }

  sign({ body, id = `msg_${newId()}`, at = Date.now(), secret = REPLICATE_WEBHOOK_SECRET }: PredictionSignRequest) {
    const timestamp = String(Math.floor(at / 1_000));
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    const headers = {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    };
    return { headers, body };
  }

  settled(): Promise<void> {
    return this.courier.settled();
  }

  /** Does something at a time, in milliseconds since the epoch, unless the sandbox ends before. */
  at(time: number, work: () => Promise<void>): void {
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        work().catch((error: unknown) => console.error("sandbox: a prediction could not be told of:", error));
      },
      // Timers may be a millisecond early.
      Math.max(0, time - Date.now()) + 1,
    );
    timer.unref();
    this.timers.add(timer);
  }

  /** Sends a prediction as it stands on its way to where its order asked for; does not wait for it. */
  announce(asked: string, prediction: object): void {
    const address = () => this.addressFor(asked);
    if (!address()) return;
    const body = JSON.stringify(prediction);
    const fault = this.faults.take("replicate", { path: "completed", body }, isWebhookFault);
    if (fault?.kind === "webhook-drop") return;
    const delayMs = fault?.kind === "webhook-delay" ? (fault.delayMs ?? 1_000) : 0;
    const send = ({ headers }: SignedNotice) =>
      this.courier.send({ address, body, headers: async () => headers, accepted: () => undefined }, { delayMs });
    const signed = this.sign({ body, at: Date.now() + delayMs });
    send(signed);
    if (fault?.kind === "webhook-duplicate") {
      send(signed);
      send(this.sign({ body }));
    }
  }

  /** Forgets what is on its way, and the predictions that have not ended yet. */
  forget(): void {
    this.courier.forget();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** The sandbox reaches this machine only: what is meant for a public address goes around it. */
  private addressFor(asked: string): string | undefined {
    const { hostname, pathname, search } = new URL(asked);
    if (/^(127\.0\.0\.1|localhost|\[::1\])$/.test(hostname)) return asked;
    return this.url && new URL(pathname + search, this.url).href;
  }
}
