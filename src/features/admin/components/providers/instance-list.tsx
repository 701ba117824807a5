import { Timestamp } from "@/components/ui/timestamp";
import type { ProvidersReport } from "@/shared/operations";

const MEGABYTE = 1_048_576;

/** The processes that serve this instance. */
export function InstanceList({ instances }: { instances: ProvidersReport["instances"] }) {
  return (
    <section aria-labelledby="instances-title" className="border-t pt-6">
      <h2 id="instances-title" className="display text-2xl">
        Processes
      </h2>
      {instances.length === 0 && <p className="mt-2 text-ink-soft">None has reported itself yet.</p>}
      <ul className="mt-3">
        {instances.map(({ id, startedAt, seenAt, memoryBytes, running }) => (
          <li key={id} className="grid gap-x-6 border-t py-2.5 text-sm sm:grid-cols-[minmax(0,1fr)_auto]">
            <span className="wrap-anywhere font-mono">{id}</span>
            <span className="text-ink-soft">
              {Math.round(memoryBytes / MEGABYTE).toLocaleString("en")} MB · {running} running · since{" "}
              <Timestamp at={startedAt} full /> · seen <Timestamp at={seenAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
