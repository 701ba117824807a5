"use client";

import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import { ErrorPage } from "@/components/shell/error-page";
import "./globals.css";

/** Stands in for the whole document when even its layout failed. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <title>Something went wrong · Inkwell</title>
        <main id="main">
          <ErrorPage error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
