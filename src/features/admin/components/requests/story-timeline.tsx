import { Tag } from "@/components/ui/tag";
import { duration } from "../../model/duration";
import type { Moment, Timeline } from "../../model/story";
import { MomentBar } from "./moment-bar";

/** What happened, one thing below the other, each with its place in the whole time. */
export function StoryTimeline({ timeline }: { timeline: Timeline }) {
  return (
    <ol className="border-t" aria-label="What happened, in the order of time">
      {timeline.moments.map((moment) => (
        <li
          key={moment.key}
          className="grid gap-x-5 gap-y-1 border-b py-3 sm:grid-cols-[5rem_minmax(0,1fr)] lg:grid-cols-[5rem_minmax(0,1fr)_minmax(0,16rem)]"
        >
          <p className="text-ink-soft text-sm leading-6">{moment.kind}</p>
          <div className="min-w-0">
            <p className="wrap-anywhere">
              <span className={moment.grave ? "font-medium" : undefined}>{moment.title}</span>{" "}
              {moment.grave && <Tag strong>Look</Tag>}
            </p>
            {moment.details.length > 0 && (
              <p className="wrap-anywhere text-ink-soft text-sm">{moment.details.join(" · ")}</p>
            )}
            <Fields fields={moment.fields} />
          </div>
          <div className="sm:col-start-2 lg:col-start-3">
            <p className="text-ink-soft text-sm leading-6">{spanInWords(moment, timeline)}</p>
            <MomentBar moment={moment} timeline={timeline} />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** "at 0.12 s", "from 0.12 s, for 1.93 s". */
function spanInWords({ start, end }: Moment, timeline: Timeline): string {
  const from = duration(start - timeline.start);
  return end > start ? `from ${from}, for ${duration(end - start)}` : `at ${from}`;
}

function Fields({ fields = {} }: { fields: Moment["fields"] }) {
  const entries = Object.entries(fields);
  if (entries.length === 0) return null;

  return (
    <details className="mt-1 text-sm">
      <summary className="target w-fit text-ink-soft hover:text-ink">
        {entries.length === 1 ? "1 field" : `${entries.length} fields`}
      </summary>
      <dl className="mt-1 grid gap-x-4 border-l pl-3 sm:grid-cols-[auto_minmax(0,1fr)]">
        {entries.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="wrap-anywhere font-mono">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
