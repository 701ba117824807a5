import type { AppEvent } from "./app-event";
import { metrics } from "./metrics";

type Told<E extends AppEvent["event"]> = Extract<AppEvent, { event: E }>;

/** Raises the metrics an event stands for. */
export function countEvent(told: AppEvent): void {
  switch (told.event) {
    case "call":
      metrics().calls.inc({ path: told.path, code: told.code ?? "OK" });
      metrics().callSeconds.observe({ path: told.path }, told.ms / 1_000);
      return;
    case "limit":
      metrics().limits.inc({ limit: told.limit, outcome: told.allowed ? "taken" : "refused" });
      return;
    case "cache":
      metrics().cache.inc({ outcome: told.outcome });
      return;
    case "provider":
      countProviderCall(told);
      return;
    case "breaker":
      metrics().breakerChanges.inc({ provider: told.provider, model: told.model, state: told.state });
      return;
    case "answer":
      countAnswer(told);
      return;
    case "images":
      metrics().generations.inc({ outcome: told.outcome, code: told.code ?? "OK" });
      metrics().generationSeconds.observe({ outcome: told.outcome }, told.ms / 1_000);
      metrics().images.inc(told.count);
      return;
    case "credits":
      metrics().credits.inc({ type: told.type, direction: directionOf(told) }, Math.abs(told.amount));
      return;
    case "purchase":
      metrics().purchases.inc({ state: told.state, currency: told.currency });
      return;
    case "webhook":
      metrics().webhooks.inc({ source: told.source, outcome: told.outcome, why: told.why ?? "" });
  }
}

function countProviderCall(told: Told<"provider">): void {
  const { provider, model, kind, outcome, failure = "", inputTokens, outputTokens, images, firstTokenMs } = told;
  metrics().providerCalls.inc({ provider, model, kind, outcome, failure });
  if (outcome === "resting") return;
  metrics().providerSeconds.observe({ provider, model, outcome }, told.ms / 1_000);
  if (firstTokenMs !== undefined)
    metrics().providerFirstTokenSeconds.observe({ provider, model }, firstTokenMs / 1_000);
  if (inputTokens) metrics().providerTokens.inc({ provider, model, direction: "input" }, inputTokens);
  if (outputTokens) metrics().providerTokens.inc({ provider, model, direction: "output" }, outputTokens);
  if (images) metrics().providerImages.inc({ provider, model }, images);
  if (told.costMicros) {
    metrics().providerCost.inc({ provider, model, sandbox: String(told.sandbox) }, told.costMicros / 1_000_000);
  }
}

function countAnswer({ outcome, fallback = false, code, ms, firstTokenMs }: Told<"answer">): void {
  metrics().answers.inc({ outcome, fallback: String(fallback), code: code ?? "OK" });
  metrics().answerSeconds.observe({ outcome }, ms / 1_000);
  if (firstTokenMs !== undefined) metrics().firstTokenSeconds.observe(firstTokenMs / 1_000);
}

/** Credits go to the user, or back to the house. */
function directionOf({ type, amount }: Told<"credits">): "given" | "taken" {
  return type === "CAPTURE" || amount < 0 ? "taken" : "given";
}
