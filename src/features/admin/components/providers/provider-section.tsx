import { Tag } from "@/components/ui/tag";
import { type ProviderHealth, TESTABLE } from "@/shared/operations";
import { providerName } from "../../model/provider-words";
import { ModelList } from "./model-list";
import { TestNow } from "./test-now";

/** One provider: whether it is asked, how it does, and a way to try it. */
export function ProviderSection({ provider }: { provider: ProviderHealth }) {
  const { name, configured, sandbox, on, models } = provider;
  const testable = TESTABLE.find((candidate) => candidate === name);
  const isResting = models.some(({ breakers }) => breakers.some(({ state }) => state !== "closed"));

  return (
    <section aria-labelledby={`provider-${name}`} className="border-t py-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 id={`provider-${name}`} className="display text-2xl">
            {providerName(name)}
          </h2>
          {!configured && <Tag strong>Not set up</Tag>}
          {configured && !on && <Tag strong>Off</Tag>}
          {isResting && <Tag strong>Left alone</Tag>}
          {sandbox && <Tag>Sandbox</Tag>}
        </div>
        {testable && (
          <div className="max-w-full sm:max-w-[50%]">
            <TestNow name={testable} />
          </div>
        )}
      </div>
      {models.length === 0 ? (
        <p className="mt-2 text-ink-soft">Nothing was asked of it in the last 24 hours.</p>
      ) : (
        <ModelList models={models} />
      )}
    </section>
  );
}
