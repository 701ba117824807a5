import type { Metadata } from "next";
import Link from "next/link";
import { ThemeChoice } from "@/components/theme-choice";
import { Button } from "@/components/ui/button";
import { Wordmark } from "@/components/wordmark";
import { StatusBoard } from "@/features/status/components/status-board";
import { TRPCReactProvider } from "@/trpc/react";
import { api } from "@/trpc/server";
import { NoticeBanner } from "../notice-banner";

export const metadata: Metadata = {
  title: "Status",
  description: "Whether chat, images and payments work here, now and on each of the last 30 days.",
};

/** For everybody, and also while hardly anything works: it asks nobody to be signed in. */
export default async function StatusPage() {
  const caller = await api();
  const status = await caller.status.page().catch(() => undefined);

  return (
    <>
      <NoticeBanner />
      <div className="mx-auto max-w-4xl px-5 sm:px-10">
        <header className="flex h-18 items-center justify-between gap-4">
          <Link href="/" className="target" aria-label="Inkwell, front page">
            <Wordmark />
          </Link>
          <Button asChild variant="outline" size="sm">
            <Link href="/chat">Open the studio</Link>
          </Button>
        </header>
        <main id="main" className="py-10 sm:py-16">
          <TRPCReactProvider>
            <StatusBoard initial={status} />
          </TRPCReactProvider>
        </main>
        <footer className="flex justify-end border-t py-8">
          <ThemeChoice icons />
        </footer>
      </div>
    </>
  );
}
