import type { Moment, Timeline } from "../../model/story";

/** A part of the whole time, to scale. Says nothing itself: the same stands beside it in words. */
export function MomentBar({ moment, timeline }: { moment: Moment; timeline: Timeline }) {
  const share = (at: number) => ((at - timeline.start) / timeline.ms) * 100;
  const left = share(moment.start);
  const width = share(moment.end) - left;

  return (
    <div
      aria-hidden
      className="relative h-5 border-x bg-[linear-gradient(var(--line),var(--line))] bg-[length:100%_1px] bg-center bg-no-repeat"
    >
      <span
        className={
          moment.grave
            ? "absolute inset-y-1 min-w-1 border border-ink bg-[repeating-linear-gradient(135deg,var(--ink)_0_2px,var(--paper)_2px_5px)]"
            : "absolute inset-y-1 min-w-1 bg-ink-soft"
        }
        style={{ left: `min(${left}%, 100% - 4px)`, width: `${width}%` }}
      />
      {moment.firstAt !== undefined && (
        <span
          className="absolute inset-y-0 w-0.5 bg-ink outline outline-1 outline-paper"
          style={{ left: `${share(moment.firstAt)}%` }}
        />
      )}
    </div>
  );
}
