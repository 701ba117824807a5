import { join } from "node:path";
import { customAlphabet } from "nanoid";
import { z } from "zod";
import { type Exchange, parseJson, type StandIn, sendJson, strikesLooks, UNKNOWN_MODEL, WRONG_KEY } from "./exchange";
import { type FaultQueue, isPredictionFault, isWebhookFault } from "./faults";
import { hashText } from "./hash";
import { ART_FORMATS, renderArt } from "./image/render-art";
import { sizeOf } from "./image/size";
import { keep, readKept } from "./keep-files";
import { REPLICATE_WEBHOOK_SECRET, type ReplicateControl, ReplicateWebhooks } from "./replicate-webhooks";

const newId = customAlphabet("0123456789abcdefghjkmnpqrstvwxyz", 26);

const NSFW_ERROR = "NSFW content detected. Try running it again, or try a different prompt.";
const FAILED_ERROR = "Prediction failed: the sandbox was asked to fail it.";

const input = z.object({
  prompt: z.string().min(1),
  aspect_ratio: z.string().default("1:1"),
  num_outputs: z.int().min(1).max(4).default(1),
  seed: z.int().optional(),
  output_format: z.enum(ART_FORMATS).default("webp"),
});

const order = z.object({
  input,
  webhook: z.url({ protocol: /^https?$/ }).optional(),
  webhook_events_filter: z.array(z.enum(["start", "output", "logs", "completed"])).optional(),
});

/** What is kept of a prediction. Everything else follows from it and the clock, so a restart loses nothing. */
const prediction = z.object({
  id: z.string(),
  model: z.string(),
  input,
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  /** Milliseconds from creation to the end. */
  takesMs: z.number(),
  /** `never`: it stays in processing. */
  ends: z.enum(["succeeded", "failed", "blocked", "never"]),
  canceledAt: z.number().optional(),
  /** Who is told of its end. */
  webhook: z.string().optional(),
});
type Prediction = z.infer<typeof prediction>;

const MODEL = /^\/v1\/models\/([A-Za-z0-9._-]{1,60})\/([A-Za-z0-9._-]{1,60})$/;
/** Requests that make nothing and follow nothing. */
const LOOK = /^\/v1\/(account$|models\/[^/]+\/[^/]+$|webhooks\/)/;

const TYPES = { webp: "image/webp", png: "image/png", jpg: "image/jpeg" } as const;

export interface ReplicateOptions {
  dir: string;
  /** The sandbox's own address, known once it listens. */
  origin(): string;
  faults: FaultQueue;
  webhookUrl: string | undefined;
}

export interface ReplicateStandIn extends StandIn {
  control: ReplicateControl;
  /** Forgets the webhooks that are on their way; predictions stay. */
  reset(): void;
}

/** Replicate's double. */
export function createReplicateStandIn({ dir, origin, faults, webhookUrl }: ReplicateOptions): ReplicateStandIn {
  const webhooks = new ReplicateWebhooks(faults, webhookUrl);
  const pathOf = (id: string) => join(dir, "replicate", `${id}.json`);

  async function find(id: string): Promise<Prediction | undefined> {
    const kept = await readKept(pathOf(id));
    return kept && prediction.parse(parseJson(kept));
  }

  async function create(exchange: Exchange, model: string): Promise<void> {
    const parsed = order.safeParse(parseJson(exchange.body));
    if (!parsed.success || !sizeOf(parsed.data.input.aspect_ratio)) {
      const detail = parsed.error?.issues[0]?.path.join(".") ?? "input.aspect_ratio";
      return standIn.refuse(exchange.res, 422, `- ${detail} is invalid`);
    }
    const { fault, pace } = exchange;
    const { webhook, webhook_events_filter: events } = parsed.data;
    const refuses = fault?.kind === "blocked" || /sandbox:\s*blocked/i.test(parsed.data.input.prompt);
    const made: Prediction = {
      id: newId(),
      model,
      input: parsed.data.input,
      createdAt: Date.now(),
      takesMs: pace.imageMs + (fault?.kind === "slow" ? (fault.delayMs ?? 1_000) : 0),
      ends: refuses
        ? "blocked"
        : fault?.kind === "error-event"
          ? "failed"
          : fault?.kind === "stall"
            ? "never"
            : "succeeded",
      ...(events?.includes("completed") !== false && { webhook }),
    };
    await keep(pathOf(made.id), JSON.stringify(made));
    if (made.ends !== "never") announceAtEnd(made);
    sendJson(exchange.res, 201, toWire(made, origin(), made.createdAt));
  }

  function announceAtEnd({ id, webhook, createdAt, takesMs }: Prediction): void {
    if (!webhook) return;
    webhooks.at(createdAt + takesMs, async () => {
      const made = await find(id);
      // One that was canceled was told of then.
      if (made && made.canceledAt === undefined) webhooks.announce(webhook, toWire(made, origin()));
    });
  }

  async function cancel(made: Prediction): Promise<void> {
    if (isOver(made)) return;
    made.canceledAt = Date.now();
    await keep(pathOf(made.id), JSON.stringify(made));
    if (made.webhook) webhooks.announce(made.webhook, toWire(made, origin()));
  }

  async function sendFile({ res }: Exchange, id: string, file: string): Promise<void> {
    const made = await find(id);
    const index = Number(/^out-(\d)\./.exec(file)?.[1] ?? Number.NaN);
    const format = made?.input.output_format;
    const ready = made && statusOf(made) === "succeeded" && index < made.input.num_outputs;
    if (!ready || !format || file !== `out-${index}.${format}`) return standIn.refuse(res, 404, "Not found.");
    const path = join(dir, "replicate", id, file);
    let bytes = await readKept(path);
    if (!bytes) {
      const { prompt, aspect_ratio } = made.input;
      const size = sizeOf(aspect_ratio) ?? { width: 1024, height: 1024 };
      bytes = await renderArt({ prompt, seed: made.input.seed ?? hashText(id), index, ...size }, format);
      await keep(path, bytes);
    }
    res.writeHead(200, { "content-type": TYPES[format], "content-length": bytes.length });
    res.end(bytes);
  }

  const standIn: ReplicateStandIn = {
    control: webhooks,
    reset: () => webhooks.forget(),

    takesFault(method, path, fault) {
      if (isWebhookFault(fault)) return false;
      if (isPredictionFault(fault)) return method === "POST" && path.endsWith("/predictions");
      return LOOK.test(path) ? strikesLooks(fault) : true;
    },

    async handle(exchange) {
      const { req, res, url } = exchange;
      const { method } = req;
      const file = /^\/files\/([a-z0-9]{26})\/([a-z0-9.-]{1,20})$/.exec(url.pathname);
      // Finished files are served without a key, as Replicate does.
      if (file?.[1] && file[2]) return sendFile(exchange, file[1], file[2]);
      const [, token] = /^(?:Bearer|Token) (\S+)/.exec(req.headers.authorization ?? "") ?? [];
      if (!token) return standIn.refuse(res, 401, "You did not pass an authentication token");
      if (token === WRONG_KEY) return standIn.refuse(res, 401, "You did not pass a valid authentication token");
      if (method === "GET" && url.pathname === "/v1/account") {
        return sendJson(res, 200, { type: "user", username: "sandbox", name: "Sandbox" });
      }
      if (method === "GET" && url.pathname === "/v1/webhooks/default/secret") {
        return sendJson(res, 200, { key: REPLICATE_WEBHOOK_SECRET });
      }
      const wanted = method === "GET" && MODEL.exec(url.pathname);
      if (wanted && wanted[2] !== UNKNOWN_MODEL) {
        return sendJson(res, 200, { owner: wanted[1], name: wanted[2], description: "Sandbox", visibility: "public" });
      }
      const model = /^\/v1\/models\/([A-Za-z0-9._-]{1,60}\/[A-Za-z0-9._-]{1,60})\/predictions$/.exec(url.pathname)?.[1];
      if (method === "POST" && model) return create(exchange, model);
      const known = /^\/v1\/predictions\/([a-z0-9]{26})(\/cancel)?$/.exec(url.pathname);
      const made = known?.[1] ? await find(known[1]) : undefined;
      if (!made) return standIn.refuse(res, 404, "The requested resource could not be found.");
      if (known?.[2] && method === "POST") await cancel(made);
      sendJson(res, 200, toWire(made, origin()));
    },

    refuse(res, status, message = "The sandbox was asked to refuse this request.", retryAfter) {
      const headers: Record<string, string> = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
      sendJson(res, status, { title: `Error ${status}`, detail: message, status }, headers);
    },
  };
  return standIn;
}

type Status = "starting" | "processing" | "succeeded" | "failed" | "canceled";

function statusOf(made: Prediction, now = Date.now()): Status {
  if (made.canceledAt !== undefined) return "canceled";
  const progress = progressOf(made, now);
  if (progress < 0.2) return "starting";
  if (progress < 1 || made.ends === "never") return "processing";
  return made.ends === "succeeded" ? "succeeded" : "failed";
}

function isOver(made: Prediction, now = Date.now()): boolean {
  return !["starting", "processing"].includes(statusOf(made, now));
}

/** 0 to 1. */
function progressOf({ createdAt, takesMs, canceledAt }: Prediction, now: number): number {
  if (takesMs === 0) return 1;
  return Math.min(1, ((canceledAt ?? now) - createdAt) / takesMs);
}

/** The prediction as Replicate's API shows it. */
function toWire(made: Prediction, origin: string, now = Date.now()): object {
  const status = statusOf(made, now);
  const { id, model, createdAt, takesMs } = made;
  const file = (index: number) => `${origin}/replicate/files/${id}/out-${index}.${made.input.output_format}`;
  const error = status !== "failed" ? null : made.ends === "blocked" ? NSFW_ERROR : FAILED_ERROR;
  const at = (ms: number) => new Date(createdAt + ms).toISOString();
  return {
    id,
    model,
    version: "hidden",
    input: made.input,
    logs: status === "starting" ? "" : logsOf(made, now),
    output: status === "succeeded" ? Array.from({ length: made.input.num_outputs }, (_, index) => file(index)) : null,
    data_removed: false,
    error,
    source: "api",
    status,
    created_at: at(0),
    ...(status !== "starting" && { started_at: at(takesMs * 0.2) }),
    ...(isOver(made, now) && { completed_at: at(takesMs), metrics: { predict_time: takesMs / 1_000 } }),
    urls: {
      get: `${origin}/replicate/v1/predictions/${id}`,
      cancel: `${origin}/replicate/v1/predictions/${id}/cancel`,
    },
  };
}

const STEPS = 8;

/** A line a step, as the progress bar of the model's own code prints them. */
function logsOf(made: Prediction, now: number): string {
  const done = Math.floor(Math.max(0, (progressOf(made, now) - 0.2) / 0.8) * STEPS);
  const lines = Array.from({ length: done + 1 }, (_, step) => {
    const bar = "█".repeat(step).padEnd(STEPS);
    return `${String(Math.round((step / STEPS) * 100)).padStart(3)}%|${bar}| ${step}/${STEPS} [00:00<00:00, 8.00it/s]`;
  });
  return `Using seed: ${made.input.seed ?? hashText(made.id)}\n${lines.join("\n")}`;
}
