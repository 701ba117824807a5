"use client";

import { digestOf } from "@/components/lib/digest";
import { fonts } from "./fonts";
import "./globals.css";

/** Stands in for the whole document when even its layout failed. Every page carries it, so it needs nothing else. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = digestOf(error);

  return (
    <html lang="en" className={fonts}>
      <body>
        <title>Something went wrong · Inkwell</title>
        <main id="main" className="mx-auto max-w-[52ch] px-5 py-24">
          <h1 className="display text-4xl">This page spilled</h1>
          <p className="mt-4 text-ink-soft text-lg">
            Something went wrong while drawing it. Nothing was charged, and what you had saved is safe.
          </p>
          {digest && (
            <p className="mt-4 text-ink-soft text-sm">
              Request <span className="font-mono">{digest}</span>
            </p>
          )}
          <p className="mt-8 flex flex-wrap gap-3">
            <button type="button" className="button button-primary button-md" onClick={retry}>
              Try again
            </button>
            <a href="/" className="button button-outline button-md">
              Front page
            </a>
            <a href="/status" className="button button-quiet button-md">
              Status
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
