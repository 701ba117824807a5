import type { Overview } from "@/shared/overview";

/** How things stand at this moment. */
export function NowFigures({ now: { users, active, available, held, owed, running } }: Pick<Overview, "now">) {
  const figures = [
    { name: "Users", value: users },
    { name: "Seen in 24 hours", value: active.day },
    { name: "In 7 days", value: active.week },
    { name: "In 30 days", value: active.month },
    { name: "Credits to spend", value: available },
    { name: "Held", value: held },
    { name: "Owed", value: owed },
    { name: "In the making", value: running },
  ];

  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 border-y py-5 sm:grid-cols-4">
      {figures.map(({ name, value }) => (
        <div key={name}>
          <dt className="text-ink-soft text-sm">{name}</dt>
          <dd className="display text-3xl">{value.toLocaleString("en")}</dd>
        </div>
      ))}
    </dl>
  );
}
