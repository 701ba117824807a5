import Link from "next/link";
import type { ReactNode } from "react";
import { InkDrop, Wordmark } from "@/components/wordmark";
import { NoticeBanner } from "../notice-banner";

/** The door: a form on the left, and on wide screens a plain sheet on the right. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <NoticeBanner />
      <div className="grid flex-1 lg:grid-cols-[minmax(480px,5fr)_6fr]">
        <div className="flex flex-col px-5 sm:px-10">
          <header className="flex h-18 items-center">
            <Link href="/" className="target" aria-label="Inkwell, front page">
              <Wordmark />
            </Link>
          </header>
          <main id="main" className="mx-auto flex w-full max-w-96 flex-1 flex-col justify-center py-10 lg:pb-28">
            {children}
          </main>
        </div>
        <aside className="hidden flex-col justify-between bg-paper-sunk p-14 lg:flex">
          <InkDrop className="-ml-3 size-16" />
          <p className="display max-w-[18ch] text-5xl">
            The price stands on the button. <em className="font-normal">Nothing is charged until it is delivered.</em>
          </p>
        </aside>
      </div>
    </div>
  );
}
