import { signed } from "@/components/lib/format";
import type { ProviderCallView, RequestStory } from "@/shared/operations";
import { duration } from "./duration";
import { dollars, providerName } from "./provider-words";
import { eventInWords, toldEvent } from "./told-event";

/** One thing that happened in a request, and how long it took. */
export interface Moment {
  key: string;
  /** What kind of thing: stands beside it, and in the filter of the eye. */
  kind: "Call" | "Check" | "Provider" | "Credits" | "Audit" | "Log";
  start: number;
  /** Equal to `start` for what took no time. */
  end: number;
  title: string;
  /** More about it, in a smaller hand. */
  details: string[];
  grave: boolean;
  /** When the first words came, of what streams. */
  firstAt?: number | undefined;
  /** What the log line carries besides. */
  fields?: Record<string, unknown> | undefined;
}

/** A request from its first sign to its last. */
export interface Timeline {
  moments: Moment[];
  start: number;
  /** At least 1, so that shares of it can be drawn. */
  ms: number;
}

/** Everything that is known of a request, in the order of time. */
export function timelineOf(story: RequestStory): Timeline {
  // The calls themselves say more than the log lines about them.
  const lines = story.lines.filter(({ event }) => event !== "provider" || story.calls.length === 0);
  const moments = [
    ...lines.map(momentOfLine),
    ...story.calls.map(momentOfCall),
    ...story.ledger.map(
      ({ id, type, reason, deltaAvailable, deltaHeld, deltaOwed, at }): Moment => ({
        ...instant(at),
        key: `ledger ${id}`,
        kind: "Credits",
        title: reason,
        details: [
          type,
          ...(deltaAvailable === 0 ? [] : [`${signed(deltaAvailable)} to spend`]),
          ...(deltaHeld === 0 ? [] : [`${signed(deltaHeld)} set aside`]),
          ...(deltaOwed === 0 ? [] : [`${signed(deltaOwed)} owed`]),
        ],
        grave: false,
      }),
    ),
    ...story.audit.map(
      ({ id, action, note, at }): Moment => ({
        ...instant(at),
        key: `audit ${id}`,
        kind: "Audit",
        title: action,
        details: [note],
        grave: false,
      }),
    ),
  ].sort((one, other) => one.start - other.start || one.end - other.end);
  const start = moments[0]?.start ?? 0;
  const end = moments.reduce((latest, moment) => Math.max(latest, moment.end), start);
  return { moments, start, ms: Math.max(1, end - start) };
}

const instant = (at: Date) => ({ start: at.getTime(), end: at.getTime() });

function momentOfLine(line: RequestStory["lines"][number], index: number): Moment {
  const { at, level, event, fields } = line;
  const told = toldEvent(line);
  const common = { key: `line ${index}`, grave: level !== "info", fields, details: [], end: at.getTime() };
  if (!told) return { ...common, kind: "Log", start: at.getTime(), title: event || "(no words)" };
  // Told of when it was over.
  const ms = "ms" in told ? told.ms : 0;
  const kind = told.event === "call" ? "Call" : told.event === "credits" ? "Credits" : "Check";
  return { ...common, kind, start: at.getTime() - ms, title: eventInWords(told) };
}

const OUTCOMES: Record<ProviderCallView["outcome"], string> = {
  answered: "answered",
  failed: "failed",
  aborted: "was called off",
  resting: "was left alone: its breaker is open",
};

function momentOfCall(call: ProviderCallView): Moment {
  const { id, at, provider, model, outcome, failure, ms, firstTokenMs, inputTokens, outputTokens, images } = call;
  const start = at.getTime();
  return {
    key: `call ${id}`,
    kind: "Provider",
    start,
    end: start + ms,
    title: `${providerName(provider)} ${OUTCOMES[outcome]}${failure ? `: ${failure}` : ""}`,
    details: [
      model,
      ...(firstTokenMs === undefined ? [] : [`first words after ${duration(firstTokenMs)}`]),
      ...(inputTokens === undefined && outputTokens === undefined
        ? []
        : [`${inputTokens ?? 0} tokens in, ${outputTokens ?? 0} out`]),
      ...(images === undefined ? [] : [images === 1 ? "1 image" : `${images} images`]),
      ...(call.costMicros > 0 ? [`about ${dollars(call.costMicros)}`] : []),
      ...(call.sandbox ? ["sandbox"] : []),
    ],
    grave: outcome === "failed" || outcome === "resting",
    firstAt: firstTokenMs === undefined ? undefined : start + firstTokenMs,
  };
}

/** What was called, how that ended and how long it took; as far as the log lines tell. */
export function callsOf(story: RequestStory): { path: string; ms: number; code: string | undefined }[] {
  return story.lines.flatMap((line) => {
    const told = toldEvent(line);
    return told?.event === "call" ? [{ path: told.path, ms: told.ms, code: told.code }] : [];
  });
}

/** Credits spent for good. */
export const spentIn = ({ ledger }: RequestStory): number =>
  ledger.reduce((sum, { type, deltaHeld }) => (type === "CAPTURE" ? sum - deltaHeld : sum), 0);
