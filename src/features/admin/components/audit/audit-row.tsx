import Link from "next/link";
import { Timestamp } from "@/components/ui/timestamp";
import type { AuditEntry } from "@/shared/admin";
import { auditChanges } from "../../model/audit-changes";
import { ChangeList } from "../change-list";
import { RequestLink } from "../request-link";

const inText = "underline decoration-line-strong underline-offset-4 hover:decoration-ink";

/** One change: what was done and to whom, by whom and why, and what is otherwise since. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const changes = auditChanges(entry.before, entry.after);

  return (
    <li className="grid gap-x-8 gap-y-2 border-b py-4 md:grid-cols-[minmax(0,1fr)_15rem]">
      <div className="min-w-0">
        <p className="wrap-anywhere">
          <span className="font-medium">{entry.action}</span> <Subject entry={entry} />
        </p>
        {entry.note && <p className="wrap-anywhere mt-0.5 text-ink-soft">{entry.note}</p>}
        {changes.length > 0 && (
          <div className="mt-2">
            <ChangeList changes={changes} label="What changed" />
          </div>
        )}
      </div>
      <div className="min-w-0 text-sm md:text-right">
        <p>
          <Timestamp at={entry.at} full />
        </p>
        <p className="wrap-anywhere">
          {entry.actorEmail ? (
            <Link href={`/admin/users/${entry.actor}`} className={inText}>
              {entry.actorEmail}
            </Link>
          ) : (
            <span className="text-ink-soft">{entry.actor}</span>
          )}
        </p>
        <RequestLink id={entry.requestId} />
      </div>
    </li>
  );
}

/** Whom or what it concerns, with the way there. */
function Subject({ entry: { action, subject, subjectEmail } }: { entry: AuditEntry }) {
  if (subjectEmail)
    return (
      <Link href={`/admin/users/${subject}`} className={inText}>
        {subjectEmail}
      </Link>
    );
  if (action.startsWith("settings."))
    return (
      <Link href="/admin/settings#history-title" className={inText}>
        {subject}
      </Link>
    );
  if (action.startsWith("provider."))
    return (
      <Link href="/admin/providers" className={inText}>
        {subject}
      </Link>
    );
  return <span className="font-mono text-ink-soft text-sm">{subject}</span>;
}
