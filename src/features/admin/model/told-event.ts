import { z } from "zod";
import { credits } from "@/components/lib/format";
import type { RequestLine } from "@/shared/operations";
import { duration } from "./duration";
import { providerName } from "./provider-words";

const told = z.discriminatedUnion("event", [
  z.object({ event: z.literal("call"), path: z.string(), ms: z.number(), code: z.string().optional() }),
  z.object({
    event: z.literal("limit"),
    limit: z.string(),
    allowed: z.boolean(),
    retryAfterMs: z.number().optional(),
  }),
  z.object({ event: z.literal("cache"), outcome: z.string() }),
  z.object({ event: z.literal("breaker"), provider: z.string(), state: z.string() }),
  z.object({
    event: z.literal("answer"),
    outcome: z.string(),
    charged: z.number(),
    ms: z.number(),
    provider: z.string().optional(),
    fallback: z.boolean().optional(),
    code: z.string().optional(),
  }),
  z.object({
    event: z.literal("images"),
    outcome: z.string(),
    count: z.number(),
    charged: z.number(),
    ms: z.number(),
    code: z.string().optional(),
  }),
  z.object({ event: z.literal("credits"), type: z.string(), amount: z.number() }),
  z.object({ event: z.literal("purchase"), state: z.string() }),
  z.object({ event: z.literal("webhook"), source: z.string(), outcome: z.string(), why: z.string().optional() }),
]);
type Told = z.infer<typeof told>;

/** A line of a story as one of the app's own events; undefined for the log's other words. */
export const toldEvent = ({ event, fields }: RequestLine): Told | undefined =>
  told.safeParse({ ...fields, event }).data;

const CACHE: Record<string, string> = {
  hit: "The answer was in the cache: it is free",
  miss: "The answer was not in the cache",
  shared: "Somebody else had just asked the same: the answer is theirs, and free",
  skipped: "The cache was not asked",
  away: "The cache could not be asked",
};
const CREDITS: Record<string, string> = {
  CAPTURE: "spent",
  RELEASE: "given back",
  GRANT: "received",
  REFUND: "taken back",
  ADJUST: "moved by an administrator",
};

/** What an event says, in words. */
export function eventInWords(event: Told): string {
  switch (event.event) {
    case "call":
      return event.code ? `${event.path} ended with ${event.code}` : `${event.path} answered`;
    case "limit":
      if (event.allowed) return `Within the limit for ${event.limit}`;
      return `Over the limit for ${event.limit}: again in ${duration(event.retryAfterMs ?? 0)}`;
    case "cache":
      return CACHE[event.outcome] ?? `Cache: ${event.outcome}`;
    case "breaker":
      return `${providerName(event.provider)}'s breaker is now ${event.state}`;
    case "answer":
      return [
        `The answer is ${event.outcome}`,
        ...(event.provider
          ? [`by ${providerName(event.provider)}${event.fallback ? ", in place of the first" : ""}`]
          : []),
        ...(event.code ? [event.code] : []),
        event.charged > 0 ? `${credits(event.charged)} charged` : "nothing charged",
      ].join(" · ");
    case "images":
      return [
        `${event.count === 1 ? "The image is" : `${event.count} images are`} ${event.outcome}`,
        ...(event.code ? [event.code] : []),
        event.charged > 0 ? `${credits(event.charged)} charged` : "nothing charged",
      ].join(" · ");
    case "credits":
      return `${credits(Math.abs(event.amount))} ${CREDITS[event.type] ?? event.type}`;
    case "purchase":
      return `The purchase is ${event.state}`;
    case "webhook":
      return `A message from ${providerName(event.source)}: ${event.outcome}${event.why ? `, ${event.why}` : ""}`;
  }
}
