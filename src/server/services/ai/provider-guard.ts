import {
  type CircuitBreakerPolicy,
  CircuitState,
  circuitBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  noJitterGenerator,
  retry,
  SamplingBreaker,
  wrap,
} from "cockatiel";
import { logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { processState } from "@/server/lib/process-state";
import { ProviderError } from "@/server/providers/provider-error";
import { noteEvent } from "@/server/services/observability/note-event";
import { AppError } from "@/shared/errors";
import { RetryBudget } from "./retry-budget";

/** A provider that failed too often lately and is left alone for a while. Nothing was asked of it. */
export class ProviderResting extends AppError {
  static override readonly brand: symbol = Symbol.for("inkwell.ProviderResting");

  constructor(cause: string) {
    super("PROVIDER_UNAVAILABLE", undefined, { cause });
  }
}

export type GuardState = "closed" | "open" | "half-open";

interface Guard {
  breaker: CircuitBreakerPolicy;
  budget: RetryBudget;
}

const guards = () => processState("provider-guards", () => new Map<string, Guard>());

/**
 * The one way a provider's model is called: not at all while it rests, once more when that can help and few others are
 * trying again too. The numbers are in `policy.providers`.
 * @throws ProviderResting when nothing was asked, else what the last call failed with.
 */
export async function callGuarded<T>(
  name: string,
  { call, mayRetry, signal }: { call: () => Promise<T>; mayRetry: () => boolean; signal: AbortSignal },
): Promise<T> {
  const { breaker, budget } = guardFor(name);
  // While one call tests whether the provider is back, nobody else waits for it.
  if (breaker.state === CircuitState.HalfOpen) throw new ProviderResting(`${name} is being tested`);
  const { retryJitterMs } = policy.providers;
  const again = handleWhen((error) => isWorthRetrying(error) && mayRetry() && budget.takeRetry());
  const retrying = retry(again, {
    maxAttempts: 1,
    backoff: new DelegateBackoff(() => retryJitterMs.min + Math.random() * (retryJitterMs.max - retryJitterMs.min)),
  });
  try {
    return await wrap(retrying, breaker).execute(() => {
      budget.noteCall();
      return call();
    }, signal);
  } catch (error) {
    if (isBrokenCircuitError(error)) throw new ProviderResting(`${name} is resting`);
    throw error;
  }
}

/** Whether a call would be let through just now. */
export function guardState(name: string): GuardState {
  return stateName(guardFor(name).breaker.state);
}

/** The same for every model that was called in this process, as `provider/model`. */
export function guardStates(): { name: string; state: GuardState }[] {
  return [...guards()].map(([name, { breaker }]) => ({ name, state: stateName(breaker.state) }));
}

function stateName(state: CircuitState): GuardState {
  if (state === CircuitState.Closed) return "closed";
  return state === CircuitState.HalfOpen ? "half-open" : "open";
}

/** Counts a failure that came after the call had already succeeded: a stream that broke in its middle. */
export async function noteLateFailure(name: string, error: unknown): Promise<void> {
  const { breaker } = guardFor(name);
  if (breaker.state !== CircuitState.Closed) return;
  await breaker.execute(() => Promise.reject(error)).catch(() => undefined);
}

function guardFor(name: string): Guard {
  const known = guards().get(name);
  if (known) return known;
  const { breakerWindowMs, breakerCalls, breakerShare, breakerRestMs, breakerRestMaxMs } = policy.providers;
  const breaker = circuitBreaker(handleWhen(countsAgainst), {
    // The library asks for more than the share; ours is met by reaching it.
    breaker: new SamplingBreaker({
      threshold: breakerShare - 0.001,
      duration: breakerWindowMs,
      minimumRps: breakerCalls / (breakerWindowMs / 1_000),
    }),
    halfOpenAfter: new ExponentialBackoff({
      initialDelay: breakerRestMs,
      maxDelay: breakerRestMaxMs,
      exponent: 2,
      generator: noJitterGenerator,
    }),
  });
  const [provider = "", ...model] = name.split("/");
  breaker.onStateChange((state) =>
    noteEvent(
      logger,
      { event: "breaker", provider, model: model.join("/"), state: stateName(state) },
      { level: "warn" },
    ),
  );
  const guard = { breaker, budget: new RetryBudget() };
  guards().set(name, guard);
  return guard;
}

/** Our own mistakes and refusals say nothing about the provider's health; being told to slow down does. */
function countsAgainst(error: Error): boolean {
  if (!(error instanceof ProviderError)) return false;
  const { kind, status = 0 } = error.failure;
  return kind !== "status" || status >= 500 || status === 429 || status === 408;
}

/** Worth a second try: the provider was not reached, or said that it could not just now, and not for long. */
function isWorthRetrying(error: Error): boolean {
  if (!(error instanceof ProviderError)) return false;
  const { kind, status = 0, retryAfterMs = 0 } = error.failure;
  if (retryAfterMs > policy.providers.retryAfterMaxMs) return false;
  return kind === "connect" || (kind === "status" && (status >= 500 || status === 429 || status === 408));
}
