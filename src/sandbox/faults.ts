import { z } from "zod";

export const SANDBOX_PROVIDERS = ["gemini", "openai", "replicate", "cloudinary", "paypal"] as const;
export type SandboxProvider = (typeof SANDBOX_PROVIDERS)[number];

/** What can go wrong with any request. */
const REQUEST_FAULTS = ["status", "hang", "headers-then-hang", "reset", "malformed", "html", "delay"] as const;
/** What can go wrong inside a streamed answer. */
const STREAM_FAULTS = ["slow", "stall", "cut-reset", "cut-end", "bad-chunk", "error-event", "comments-only"] as const;
/** What can happen to an image after it was ordered: it takes longer, never ends, fails, or is refused. */
const PREDICTION_FAULTS = ["slow", "stall", "error-event", "blocked"] as const;

const CHAT_FAULTS = [...REQUEST_FAULTS, ...STREAM_FAULTS, "blocked"] as const;
export type ChatFaultKind = (typeof CHAT_FAULTS)[number];
/** What a capture can turn out to be, or claim to be, instead of what was ordered. */
const CAPTURE_FAULTS = ["pending", "declined", "wrong-amount", "wrong-currency", "wrong-payee"] as const;
/** What can become of a refund that was asked for: it takes its time, or the seller's balance does not suffice. */
const REFUND_FAULTS = ["refund-pending", "refund-refused"] as const;
/** What can happen to an event on its way to the app. */
const WEBHOOK_FAULTS = ["webhook-duplicate", "webhook-delay", "webhook-reorder", "webhook-drop"] as const;

const FAULT_KINDS = [...CHAT_FAULTS, "lost-response", ...CAPTURE_FAULTS, ...REFUND_FAULTS, ...WEBHOOK_FAULTS] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const KINDS_OF: Record<SandboxProvider, readonly FaultKind[]> = {
  gemini: CHAT_FAULTS,
  openai: CHAT_FAULTS,
  replicate: [...REQUEST_FAULTS, ...PREDICTION_FAULTS, "webhook-duplicate", "webhook-delay", "webhook-drop"],
  cloudinary: REQUEST_FAULTS,
  paypal: [...REQUEST_FAULTS, "lost-response", ...CAPTURE_FAULTS, ...REFUND_FAULTS, ...WEBHOOK_FAULTS],
};

const faultFields = {
  kind: z.enum(FAULT_KINDS),
  /** HTTP status of `status` (default 503) and `html` (default 200). */
  status: z.int().min(200).max(599).optional(),
  /** Pieces of text delivered before the fault strikes; default 0. */
  afterDeltas: z.int().min(0).max(10_000).optional(),
  /** Milliseconds: of `delay`, `webhook-delay` (1,000); between the pieces of `slow` (1,000), `comments-only` (100). */
  delayMs: z.int().min(0).max(600_000).optional(),
  /** How many requests it hits; default 1. */
  times: z.int().min(1).max(1_000_000).optional(),
  /** Seconds, sent the provider's way along with `status`. */
  retryAfter: z.number().min(0).max(86_400).optional(),
  /** What the provider says along with `status`. */
  message: z.string().min(1).max(500).optional(),
  /** Hit only requests whose path contains this; of webhooks, only events whose type does. */
  path: z.string().min(1).max(200).optional(),
  /** Hit only requests whose body contains this, a prompt for example. */
  body: z.string().min(1).max(200).optional(),
};

const fault = z.strictObject(faultFields);
export type Fault = z.infer<typeof fault>;

/** A fault as the control API takes it. Unknown fields, and kinds the provider cannot have, are refused. */
export const queuedFault = z
  .strictObject({ provider: z.enum(SANDBOX_PROVIDERS), ...faultFields })
  .superRefine((value, context) => {
    if (KINDS_OF[value.provider].includes(value.kind)) return;
    context.addIssue({
      code: "custom",
      path: ["kind"],
      message: `${value.provider} has no "${value.kind}"; it has ${KINDS_OF[value.provider].join(", ")}`,
    });
  });
export type QueuedFault = z.infer<typeof queuedFault>;

/** True for the kinds that strike a prediction's life, not the request that ordered it. */
export function isPredictionFault({ kind }: Pick<Fault, "kind">): boolean {
  return PREDICTION_FAULTS.some((own) => own === kind);
}

/** True for the kinds that strike the capture of an order. */
export function isCaptureFault({ kind }: Pick<Fault, "kind">): boolean {
  return CAPTURE_FAULTS.some((own) => own === kind);
}

/** True for the kinds that strike the refund of a capture. */
export function isRefundFault({ kind }: Pick<Fault, "kind">): boolean {
  return REFUND_FAULTS.some((own) => own === kind);
}

/** True for the kinds that strike an event, not a request. */
export function isWebhookFault({ kind }: Pick<Fault, "kind">): boolean {
  return WEBHOOK_FAULTS.some((own) => own === kind);
}

/** Faults wait here, first come first served per provider, until a request they fit arrives. */
export class FaultQueue {
  private waiting: { fault: QueuedFault; left: number }[] = [];
  /** Those that are making a stream slow, or were. */
  private slow: QueuedFault[] = [];

  add(fault: QueuedFault): void {
    this.waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** The first waiting fault that fits the request, used up by one; undefined when the request goes well. */
  take(
    provider: SandboxProvider,
    request: { path: string; body?: string },
    fits: (fault: QueuedFault) => boolean = () => true,
  ): QueuedFault | undefined {
    const next = this.waiting.find(
      ({ fault }) =>
        fault.provider === provider &&
        (fault.path === undefined || request.path.includes(fault.path)) &&
        (fault.body === undefined || request.body?.includes(fault.body)) &&
        fits(fault),
    );
    if (!next) return undefined;
    next.left -= 1;
    if (next.fault.kind === "slow") this.slow.push(next.fault);
    if (next.left === 0) this.waiting = this.waiting.filter((other) => other !== next);
    return next.fault;
  }

  /** Takes the pauses out of streams that `slow` holds up and whose fault was for this body. */
  hurry(body: string): void {
    for (const fault of this.slow) if (fault.body === body) fault.delayMs = 0;
  }

  clear(): void {
    this.waiting = [];
    this.slow = [];
  }
}
