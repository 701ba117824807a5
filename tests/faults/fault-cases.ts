import type { Fault } from "../../src/sandbox";

/** Far beyond every deadline of the test, and well within them. */
const TOO_LONG_MS = 20_000;
const SHORT_MS = 20;

interface NamedFault {
  name: string;
  fault: Fault;
}

const status = (code: number, meaning: string): NamedFault => ({
  name: `status ${code}: ${meaning}`,
  fault: { kind: "status", status: code },
});

/** Everything that can happen to a call for an answer, in the sandbox's words. */
export const FAULTS: NamedFault[] = [
  status(400, "our request is wrong"),
  status(401, "our key is wrong"),
  status(403, "our key may not"),
  status(404, "no such model"),
  status(408, "it waited too long for us"),
  status(429, "too many requests"),
  {
    name: "status 429 with `Retry-After: 30`",
    fault: { kind: "status", status: 429, retryAfter: 30 },
  },
  status(500, "it broke"),
  status(503, "it is overloaded"),
  status(529, "it is overloaded, in other words"),
  { name: "hang: no answer at all", fault: { kind: "hang" } },
  { name: "headers-then-hang: headers, then nothing", fault: { kind: "headers-then-hang" } },
  { name: "comments-only: keep-alives without content", fault: { kind: "comments-only" } },
  { name: "stall: the stream goes quiet", fault: { kind: "stall" } },
  { name: "delay, within the deadline", fault: { kind: "delay", delayMs: SHORT_MS } },
  { name: "delay, beyond the deadline", fault: { kind: "delay", delayMs: TOO_LONG_MS } },
  { name: "slow, within the deadline", fault: { kind: "slow", delayMs: SHORT_MS } },
  { name: "slow, beyond the deadline", fault: { kind: "slow", delayMs: TOO_LONG_MS } },
  { name: "reset: the connection breaks", fault: { kind: "reset" } },
  { name: "cut-reset: the stream's connection breaks", fault: { kind: "cut-reset" } },
  { name: "cut-end: the stream ends without its finish marker", fault: { kind: "cut-end" } },
  { name: "error-event: an error inside the stream", fault: { kind: "error-event" } },
  { name: "bad-chunk: a piece nobody can read", fault: { kind: "bad-chunk" } },
  { name: "malformed: broken JSON", fault: { kind: "malformed" } },
  { name: "html: a gateway's page", fault: { kind: "html" } },
  { name: "blocked: refused for safety", fault: { kind: "blocked" } },
];

interface Place {
  name: string;
  /** Who has the fault. */
  providers: ("gemini" | "openai")[];
  /** Who has another one, for the whole request. */
  beside?: { provider: "gemini" | "openai"; fault: Fault };
}

export const PLACES: Place[] = [
  { name: "At Gemini", providers: ["gemini"] },
  { name: "At both", providers: ["gemini", "openai"] },
  {
    name: "At OpenAI, while Gemini answers 401",
    providers: ["openai"],
    beside: { provider: "gemini", fault: { kind: "status", status: 401 } },
  },
  { name: "At OpenAI alone", providers: ["openai"] },
];

/** How many pieces of text come before the fault. */
export const MOMENTS = [0, 5] as const;

type Moment = (typeof MOMENTS)[number];

export interface FaultCase {
  name: string;
  fault: Fault;
  place: Place;
  moment: Moment;
}

export const CASES: FaultCase[] = PLACES.flatMap((place) =>
  FAULTS.flatMap(({ name, fault }) => MOMENTS.map((moment) => ({ name, fault, place, moment }))),
);
