import Link from "next/link";
import { cn } from "@/components/lib/cn";
import type { AdminPayment } from "@/shared/admin";

/** Who bought it, with the way to them as long as they are here. */
export function BuyerLink({ user, className }: { user: AdminPayment["user"]; className?: string }) {
  if (!user.email) return <span className="text-ink-soft">Deleted account</span>;
  return (
    <Link
      href={`/admin/users/${user.id}`}
      className={cn("target underline decoration-line-strong underline-offset-4 hover:decoration-ink", className)}
    >
      {user.email}
    </Link>
  );
}
