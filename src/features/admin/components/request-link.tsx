import Link from "next/link";
import { cn } from "@/components/lib/cn";

/** The way to the story of a request. */
export function RequestLink({ id, className }: { id: string; className?: string }) {
  return (
    <Link
      href={`/admin/requests/${encodeURIComponent(id)}`}
      aria-label={`The story of request ${id}`}
      className={cn(
        "target relative inline-block max-w-full truncate align-bottom font-mono text-ink-soft text-sm underline decoration-line-strong underline-offset-4 hover:text-ink",
        className,
      )}
    >
      {id}
    </Link>
  );
}
