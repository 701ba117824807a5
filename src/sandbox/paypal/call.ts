import type { QueuedFault } from "../faults";
import type { PaypalState } from "./state";
import type { Webhooks } from "./webhooks";

/** What every part of the stand-in works with. */
export interface Paypal {
  state: PaypalState;
  webhooks: Webhooks;
  /** The stand-in's own address, known once it listens. */
  base(): string;
  /** Of plans; an order brings its own. */
  currency: string;
}

/** One request to the API. */
export interface Call {
  url: URL;
  body: unknown;
  /** PayPal-Request-Id: the same one gives the same answer, not a second order, capture or refund. */
  requestId: string | undefined;
  /** The caller wants the whole object, not the least there is to say. */
  full: boolean;
  fault: QueuedFault | undefined;
}

export interface Answer {
  status: number;
  body?: object | string;
  headers?: Record<string, string>;
}
