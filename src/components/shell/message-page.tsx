import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "../wordmark";

/** A page that says one thing: nothing here, something broke. */
export function MessagePage({ title, children, actions }: { title: string; children: ReactNode; actions: ReactNode }) {
  return (
    <div className="flex min-h-[70dvh] flex-col px-5 sm:px-8">
      <div className="m-auto w-full max-w-[52ch] py-16">
        <Link href="/" className="text-ink-soft hover:text-ink">
          <Wordmark />
        </Link>
        <h1 className="display mt-8 text-4xl">{title}</h1>
        <div className="mt-4 text-ink-soft text-lg">{children}</div>
        <div className="mt-8 flex flex-wrap gap-3">{actions}</div>
      </div>
    </div>
  );
}
