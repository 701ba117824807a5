import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { env } from "@/env";
import { processState } from "@/server/lib/process-state";

/** Upper bounds in seconds: from what the database answers to what an image may take. */
const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const FIRST_TOKEN_SECONDS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20, 30];

/** What this process counts, in Prometheus' units. `docs/operators/observability.md` explains each. */
export const metrics = () => processState("metrics", createMetrics);

function createMetrics() {
  const registry = new Registry();
  if (env.METRICS_TOKEN) collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `inkwell_${name}`, help, labelNames, registers: [registry] });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `inkwell_${name}`, help, labelNames, registers: [registry] });
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[], buckets = SECONDS) =>
    new Histogram({ name: `inkwell_${name}`, help, labelNames, buckets, registers: [registry] });

  return {
    registry,
    calls: counter("calls_total", "Procedure calls by how they ended; code is OK or the error's.", ["path", "code"]),
    callSeconds: histogram("call_duration_seconds", "From a call to its answer, or to the beginning of its stream.", [
      "path",
    ]),
    limits: counter("limit_tokens_total", "Tokens asked for of a rate limit.", ["limit", "outcome"]),
    cache: counter("cache_lookups_total", "Questions by what the answer cache had for them.", ["outcome"]),
    providerCalls: counter("provider_calls_total", "Calls to providers by how they ended.", [
      "provider",
      "model",
      "kind",
      "outcome",
      "failure",
    ]),
    providerSeconds: histogram("provider_call_duration_seconds", "Calls to providers that were made.", [
      "provider",
      "model",
      "outcome",
    ]),
    providerFirstTokenSeconds: histogram(
      "provider_first_token_seconds",
      "From a call to a chat provider to its first words.",
      ["provider", "model"],
      FIRST_TOKEN_SECONDS,
    ),
    providerTokens: counter("provider_tokens_total", "Tokens sent to and received from providers.", [
      "provider",
      "model",
      "direction",
    ]),
    providerImages: counter("provider_images_total", "Images made by providers.", ["provider", "model"]),
    providerCost: counter("provider_cost_usd_total", "What the calls are thought to cost, in US dollars.", [
      "provider",
      "model",
      "sandbox",
    ]),
    breakerState: gauge("breaker_state", "0 closed, 1 half-open, 2 open: the provider is left alone.", [
      "provider",
      "model",
    ]),
    breakerChanges: counter("breaker_changes_total", "How often a breaker came to a state.", [
      "provider",
      "model",
      "state",
    ]),
    answers: counter("answers_total", "Answers by how they ended.", ["outcome", "fallback", "code"]),
    answerSeconds: histogram("answer_duration_seconds", "From a question to the end of its answer.", ["outcome"]),
    firstTokenSeconds: histogram(
      "first_token_seconds",
      "From a question to the first words of its answer, those from the cache left out.",
      [],
      FIRST_TOKEN_SECONDS,
    ),
    generations: counter("image_requests_total", "Requests for images by how they ended.", ["outcome", "code"]),
    images: counter("images_total", "Images delivered.", []),
    generationSeconds: histogram("image_request_duration_seconds", "From a request for images to its end.", [
      "outcome",
    ]),
    credits: counter("credits_total", "Credits that moved for good, by the ledger's words and to whom.", [
      "type",
      "direction",
    ]),
    purchases: counter("purchases_total", "Purchases by the states they came to.", ["state", "currency"]),
    webhooks: counter("webhooks_total", "Messages from providers.", ["source", "outcome", "why"]),
    running: gauge("running", "Answers and images in the making in this process.", []),
    openStreams: gauge("open_streams", "Answers and images that somebody follows from this process.", []),
    waiting: gauge("observations_waiting", "Story lines and provider calls not yet in the database.", ["kind"]),
    dropped: counter("observations_dropped_total", "Story lines and provider calls that were lost.", ["kind"]),
  };
}
