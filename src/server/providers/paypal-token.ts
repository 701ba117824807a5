import { abortable } from "./abortable";
import { failure } from "./explain-failure";

/** Milliseconds before its end from which a token is not used any more. */
const MARGIN_MS = 60_000;
/** How long PayPal may take over a token. Callers come and go, so their deadlines cannot be what ends the request. */
const REQUEST_MS = 15_000;

export interface PaypalToken {
  get(signal: AbortSignal): Promise<string>;
  /** Forgets a token that PayPal refused; does nothing when it was replaced meanwhile. */
  drop(value: string): void;
}

/**
 * The one access token. Whoever needs it while it is being fetched waits for the same request, which is given up only
 * when nobody waits any more.
 */
export function createPaypalToken(
  request: (signal: AbortSignal) => Promise<{ value: string; lifeMs: number }>,
): PaypalToken {
  let kept: { value: string; until: number } | undefined;
  let flight: { value: Promise<string>; waiting: number; stop: AbortController } | undefined;

  async function fetchToken(stop: AbortSignal): Promise<string> {
    const deadline = AbortSignal.timeout(REQUEST_MS);
    try {
      const { value, lifeMs } = await request(AbortSignal.any([stop, deadline]));
      kept = { value, until: Date.now() + lifeMs - MARGIN_MS };
      return value;
    } catch (error) {
      throw deadline.aborted && !stop.aborted ? failure({ provider: "paypal", kind: "timeout" }, error) : error;
    }
  }

  function start() {
    const stop = new AbortController();
    return { value: fetchToken(stop.signal), waiting: 0, stop };
  }

  return {
    async get(signal) {
      if (kept && Date.now() < kept.until) return kept.value;
      flight ??= start();
      const joined = flight;
      joined.waiting += 1;
      try {
        return await abortable(joined.value, signal);
      } finally {
        joined.waiting -= 1;
        if (joined.waiting === 0) {
          if (flight === joined) flight = undefined;
          joined.stop.abort();
        }
      }
    },
    drop(value) {
      if (kept?.value === value) kept = undefined;
    },
  };
}
