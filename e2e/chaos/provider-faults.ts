import type { ChatFaultKind, Fault, SandboxProvider } from "../../src/sandbox";
import type { Random, Weighted } from "./random";

/** Something that goes wrong at the providers. */
export interface ProviderFault {
  name: string;
  faults: { provider: SandboxProvider; fault: Fault }[];
}

const REQUEST_KINDS = ["status", "hang", "headers-then-hang", "reset", "malformed", "html", "delay"] as const;
const CHAT_KINDS: readonly [ChatFaultKind, ...ChatFaultKind[]] = [
  ...REQUEST_KINDS,
  ...(["slow", "stall", "cut-reset", "cut-end", "bad-chunk", "error-event", "comments-only", "blocked"] as const),
];
const IMAGE_KINDS = [...REQUEST_KINDS, "slow", "stall", "error-event", "blocked"] as const;
// Payments that are not what was ordered are left out: their money stays at PayPal, which no book here can make right.
const PAYPAL_KINDS = [
  ...REQUEST_KINDS,
  ...(["lost-response", "lost-response", "pending", "declined"] as const),
  ...(["webhook-duplicate", "webhook-delay", "webhook-reorder", "webhook-drop"] as const),
] as const;
const STATUSES = [400, 401, 429, 500, 503] as const;
const HITS = [1, 2, 5, 1_000_000] as const;

type Draw = (random: Random) => ProviderFault;

const DRAWS: readonly [Weighted<Draw>, ...Weighted<Draw>[]] = [
  { weight: 3, what: (random) => chatFault(random, ["gemini"]) },
  { weight: 2, what: (random) => chatFault(random, ["openai"]) },
  { weight: 3, what: (random) => chatFault(random, ["gemini", "openai"]) },
  { weight: 3, what: (random) => plainFault(random, "replicate", IMAGE_KINDS) },
  { weight: 2, what: (random) => plainFault(random, "cloudinary", REQUEST_KINDS) },
  { weight: 4, what: (random) => plainFault(random, "paypal", PAYPAL_KINDS) },
];

/** The next thing to go wrong. */
export const drawProviderFault = (random: Random): ProviderFault => random.weighted(DRAWS)(random);

function chatFault(random: Random, providers: SandboxProvider[]): ProviderFault {
  const kind = random.pick(CHAT_KINDS);
  const afterDeltas = random.pick([0, 0, 3, 20]);
  const fault = { ...faultOf(random, kind), afterDeltas };
  const name = `${providers.join("+")} ${kind}${afterDeltas > 0 ? " in the middle" : ""}`;
  return { name, faults: providers.map((provider) => ({ provider, fault })) };
}

function plainFault(
  random: Random,
  provider: SandboxProvider,
  kinds: readonly [Fault["kind"], ...Fault["kind"][]],
): ProviderFault {
  const kind = random.pick(kinds);
  return { name: `${provider} ${kind}`, faults: [{ provider, fault: faultOf(random, kind) }] };
}

function faultOf(random: Random, kind: Fault["kind"]): Fault {
  const [status, times, delayMs] = [random.pick(STATUSES), random.pick(HITS), random.int(50, 1_500)];
  return { kind, times, ...(kind === "status" && { status }), ...(/delay|slow/.test(kind) && { delayMs }) };
}
