"use client";

import { ListTree } from "lucide-react";
import Link from "next/link";
import { cn } from "../lib/cn";
import { useIsOperator } from "../me";
import { Button } from "./button";
import { CopyButton } from "./copy-button";

const storyOf = (id: string) => `/admin/requests/${encodeURIComponent(id)}`;

/** The id an operator can look this request up by, in small type; for an operator, the way to its story. */
export function RequestId({ id, className }: { id: string; className?: string }) {
  const isOperator = useIsOperator();
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1 text-ink-soft text-sm", className)}>
      <span className="truncate">
        Request{" "}
        {isOperator ? (
          <Link
            href={storyOf(id)}
            className="target font-mono underline decoration-line-strong underline-offset-4 hover:text-ink"
          >
            {id}
          </Link>
        ) : (
          <span className="font-mono">{id}</span>
        )}
      </span>
      <CopyButton text={id} what="the request id" className="[&_svg]:size-3.5" />
    </span>
  );
}

/** The same where there is room for a button only. */
export function RequestMark({ id }: { id: string }) {
  if (!useIsOperator()) return <CopyButton text={id} what={`the request id ${id}`} />;
  return (
    <Button asChild variant="quiet" size="icon-sm">
      <Link href={storyOf(id)} aria-label={`The story of request ${id}`}>
        <ListTree aria-hidden />
      </Link>
    </Button>
  );
}
