import { Tag } from "@/components/ui/tag";
import type { ProviderHealth } from "@/shared/operations";
import { duration } from "../../model/duration";
import { dollars } from "../../model/provider-words";

type Model = ProviderHealth["models"][number];

const time = (ms: number | null) => (ms === null ? "–" : duration(ms));

const FIGURES: { name: string; of: (model: Model) => string }[] = [
  { name: "Calls", of: ({ calls }) => calls.toLocaleString("en") },
  { name: "Failed", of: ({ failed }) => failed.toLocaleString("en") },
  { name: "Half within", of: ({ p50Ms }) => time(p50Ms) },
  { name: "95 % within", of: ({ p95Ms }) => time(p95Ms) },
  { name: "First words", of: ({ firstTokenP50Ms }) => time(firstTokenP50Ms) },
  { name: "Cost", of: ({ costMicros }) => dollars(costMicros) },
];

/** How each model of a provider did in the last 24 hours, and what the processes think of it now. */
export function ModelList({ models }: { models: Model[] }) {
  return (
    <ul className="mt-3">
      {models.map((model) => (
        <li key={`${model.model} ${model.tier ?? ""}`} className="border-t py-3">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="wrap-anywhere font-mono text-sm">{model.model}</span>
            {model.tier && <span className="text-ink-soft text-sm">{model.tier}</span>}
          </p>
          <dl className="mt-2 grid grid-cols-3 gap-x-4 gap-y-2 sm:grid-cols-6">
            {FIGURES.map(({ name, of }) => (
              <div key={name}>
                <dt className="text-ink-soft text-sm">{name}</dt>
                <dd className="whitespace-nowrap">{of(model)}</dd>
              </div>
            ))}
          </dl>
          <Trouble model={model} />
        </li>
      ))}
    </ul>
  );
}

/** What failed and how often, and which process leaves it alone. */
function Trouble({ model: { errors, breakers } }: { model: Model }) {
  const troubled = breakers.filter(({ state }) => state !== "closed");
  return (
    <div className="mt-2 grid gap-1 text-ink-soft text-sm">
      {errors.length > 0 && (
        <p>
          Failed with {errors.map(({ failure, count }) => `${failure} (${count.toLocaleString("en")})`).join(", ")}.
        </p>
      )}
      {breakers.length > 0 && troubled.length === 0 && (
        <p>Breaker closed in {breakers.length === 1 ? "the one process" : `all ${breakers.length} processes`}.</p>
      )}
      {troubled.map(({ instance, state }) => (
        <p key={instance} className="wrap-anywhere">
          <Tag strong>{state === "open" ? "Left alone" : "Being tried again"}</Tag> by{" "}
          <span className="font-mono">{instance}</span>
        </p>
      ))}
    </div>
  );
}
