import type { Change } from "../model/change";

/** What differs, line by line: what was, and what is to be. */
export function ChangeList({ changes, label }: { changes: Change[]; label: string }) {
  return (
    <ul aria-label={label} className="grid gap-1 text-sm">
      {changes.map(({ key, label, before, after }) => (
        <li key={key} className="wrap-anywhere">
          <span className="text-ink-soft">{label}:</span>{" "}
          {before === undefined ? (
            "new, "
          ) : (
            <>
              <del className="text-ink-soft decoration-1">{before}</del>
              <span aria-hidden> → </span>
              <span className="sr-only"> becomes </span>
            </>
          )}
          <ins className="font-medium no-underline">{after ?? "gone"}</ins>
        </li>
      ))}
    </ul>
  );
}
