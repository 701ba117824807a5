import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "../wordmark";
import { MainNav } from "./main-nav";

/** The head of every signed-in page. `children` stand at its right: balance, account. */
export function AppHeader({ children }: { children: ReactNode }) {
  return (
    <header className="sticky top-0 z-30 flex h-14 shrink-0 items-center gap-1 border-b bg-paper px-3 sm:gap-6 sm:px-6 print:hidden">
      <Link href="/chat" className="target hidden min-[360px]:block" aria-label="Inkwell">
        <Wordmark compact />
      </Link>
      <MainNav />
      <div className="ml-auto flex items-center gap-1 sm:gap-3">{children}</div>
    </header>
  );
}
