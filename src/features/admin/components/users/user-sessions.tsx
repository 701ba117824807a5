import { Timestamp } from "@/components/ui/timestamp";
import type { UserDetail } from "@/shared/admin";
import { browserName } from "../../model/browser-name";

/** The browsers somebody is signed in with. */
export function UserSessions({ sessions }: { sessions: UserDetail["sessions"] }) {
  if (sessions.length === 0) return <p className="border-t py-4 text-ink-soft">Signed in nowhere.</p>;

  return (
    <ul className="border-t">
      {sessions.map(({ id, userAgent, createdAt, lastSeenAt }) => (
        <li
          key={id}
          className="flex min-h-12 flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 border-b py-2.5"
        >
          <span title={userAgent} className="wrap-anywhere">
            {browserName(userAgent)}
          </span>
          <span className="text-ink-soft text-sm">
            Signed in <Timestamp at={createdAt} />, seen <Timestamp at={lastSeenAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
