"use client";

import Link from "next/link";
import { digestOf } from "../lib/digest";
import { Button } from "../ui/button";
import { RequestId } from "../ui/request-id";
import { MessagePage } from "./message-page";

/** Shown in place of a page that could not be drawn. The digest finds the cause: for what the API refused it is the request's id. */
export function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = digestOf(error);

  return (
    <MessagePage
      title="This page spilled"
      actions={
        <>
          <Button onClick={retry}>Try again</Button>
          <Button asChild variant="outline">
            <Link href="/">Front page</Link>
          </Button>
          <Button asChild variant="quiet">
            <Link href="/status">Status</Link>
          </Button>
        </>
      }
    >
      <p>Something went wrong while drawing it. Nothing was charged, and what you had saved is safe.</p>
      {digest && <RequestId id={digest} className="mt-4" />}
    </MessagePage>
  );
}
