/** For those who would rather keep the well themselves. */
export function SelfHosting() {
  return (
    <section aria-labelledby="hosting-title" className="below grid gap-10 border-t py-20 lg:grid-cols-[2fr_3fr]">
      <h2 id="hosting-title" className="display text-4xl">
        Or keep it yourself
      </h2>
      <div className="grid gap-6">
        <p className="max-w-[62ch] text-ink-soft text-lg">
          Inkwell runs on your own machine with one command: no keys, no other services. Everything begins in a labelled
          sandbox; add one key at a time and watch each provider turn live.
        </p>
        <pre className="overflow-x-auto border-y py-4 font-mono text-base leading-7">
          <code>
            <span className="select-none text-ink-faint">$ </span>npm ci{"\n"}
            <span className="select-none text-ink-faint">$ </span>npm run up
          </code>
        </pre>
      </div>
    </section>
  );
}
