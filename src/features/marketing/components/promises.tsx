const PROMISES = [
  {
    title: "An answer survives",
    text: "Reload, switch tabs, walk into a lift. The answer goes on being written without you, and you pick it up where it stands.",
  },
  {
    title: "Charged if delivered",
    text: "Credits are set aside when you press the button and taken when the answer is whole. If it fails, they come straight back.",
  },
  {
    title: "Says who answered",
    text: "When one provider is busy, another may step in before the first word: at the same price, and the receipt says so.",
  },
  {
    title: "Asked before is free",
    text: "The same question within a day is answered from memory, free and labelled. One press asks it afresh.",
  },
] as const;

/** What holds here and seldom elsewhere. */
export function Promises() {
  return (
    <section id="promises" aria-labelledby="promises-title" className="below border-t py-20">
      <h2 id="promises-title" className="display text-4xl">
        Four promises
      </h2>
      <ol className="mt-12 grid gap-x-12 gap-y-10 sm:grid-cols-2 lg:grid-cols-4">
        {PROMISES.map((promise, index) => (
          <li key={promise.title}>
            <span aria-hidden className="display text-3xl text-ink-faint italic">
              {index + 1}
            </span>
            <h3 className="mt-3 font-medium text-lg">{promise.title}</h3>
            <p className="mt-2 text-ink-soft">{promise.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
