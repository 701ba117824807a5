import type { ProviderCallDoc } from "@models";
import { BoundedQueue } from "@/server/lib/bounded-queue";
import { newId } from "@/server/lib/ids";
import type { Logger } from "@/server/lib/logger";
import { processState } from "@/server/lib/process-state";
import { ProviderError } from "@/server/providers/provider-error";
import { costOf, type Usage } from "@/server/services/ai/provider-prices";
import { AppError } from "@/shared/errors";
import { noteEvent } from "./note-event";

const CALLS_MAX = 20_000;

/** Calls that are not yet in the database. */
export const callsToWrite = (): BoundedQueue<ProviderCallDoc> =>
  processState("provider-calls", () => new BoundedQueue(CALLS_MAX));

interface CallStart {
  provider: string;
  model: string;
  kind: ProviderCallDoc["kind"];
  sandbox: boolean;
  requestId: string;
  log: Logger;
  /** When it was made, if that was not just now. */
  at?: Date;
}

type CallEnd = Usage & ({ outcome: "answered" | "aborted" | "resting" } | { outcome: "failed"; failure: string });

/** A call to a provider from its beginning to its end, which is told and kept once, whoever tells it first. */
export interface NotedCall {
  /** Says that the first words are there. */
  begun(): void;
  end(how: CallEnd): void;
}

/** Begins to time a call. Nothing of it is written while anybody waits: its end joins what is written every second. */
export function noteProviderCall({ log, requestId, at = new Date(), ...what }: CallStart): NotedCall {
  const msSince = () => Math.max(0, Date.now() - at.getTime());
  let firstTokenMs: number | undefined;
  let over = false;
  return {
    begun() {
      firstTokenMs ??= msSince();
    },
    end(how) {
      if (over) return;
      over = true;
      const cost = costOf(what.provider, what.model, how, at);
      if (cost === undefined) warnUnpriced(log, what);
      const ms = how.outcome === "resting" ? 0 : msSince();
      // Left out, not undefined: it is written to the database as it is.
      const first = firstTokenMs === undefined ? {} : { firstTokenMs };
      const ended = { ...what, ...how, ms, ...first, costMicros: cost ?? 0 };
      callsToWrite().add({ _id: newId(), requestId, at, ...ended });
      noteEvent(log, { event: "provider", ...ended }, { level: levelOf(how) });
    },
  };
}

/** One call whose result says it all. */
export async function noteCall<T>(start: CallStart, call: () => Promise<T>): Promise<T> {
  const noted = noteProviderCall(start);
  try {
    const result = await call();
    noted.end({ outcome: "answered" });
    return result;
  } catch (error) {
    noted.end({ outcome: "failed", failure: failureClass(error) });
    throw error;
  }
}

/** A failure in one word: the provider's status, or what broke. */
export function failureClass(error: unknown): string {
  if (error instanceof ProviderError) {
    const { kind, status } = error.failure;
    return kind === "status" && status ? String(status) : kind;
  }
  if (error instanceof AppError && error.code === "CONTENT_BLOCKED") return "blocked";
  return error instanceof DOMException && error.name === "TimeoutError" ? "timeout" : "internal";
}

/** Wrong or forbidden keys: only the operator can mend that. */
const REFUSES_US = new Set(["401", "403"]);

function levelOf(how: CallEnd): "info" | "warn" | "error" {
  if (how.outcome === "failed") return REFUSES_US.has(how.failure) ? "error" : "warn";
  return how.outcome === "resting" ? "warn" : "info";
}

/** Once for the process and model: its price has to be written down first. */
function warnUnpriced(log: Logger, { provider, model }: { provider: string; model: string }): void {
  const warned = processState("unpriced-models", () => new Set<string>());
  if (warned.has(`${provider}/${model}`)) return;
  warned.add(`${provider}/${model}`);
  log.warn({ provider, model }, "no price known for this model; its calls are taken to cost nothing");
}
