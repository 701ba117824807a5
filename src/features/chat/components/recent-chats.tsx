"use client";

import Link from "next/link";
import { shortTime } from "@/components/lib/format";
import { useNow } from "@/components/lib/use-now";
import type { Conversation } from "@/shared/chat";

/** The conversations that moved last. */
export function RecentChats({ items }: { items: Conversation[] }) {
  const now = useNow();

  if (items.length === 0) {
    return (
      <p className="border-t py-4 text-ink-soft">
        Nothing asked yet.{" "}
        <Link href="/chat" className="text-action underline underline-offset-4">
          Ask your first question
        </Link>
      </p>
    );
  }

  return (
    <ul className="border-t">
      {items.map((item) => (
        <li key={item.id} className="border-b">
          <Link
            href={`/chat/${item.id}`}
            className="flex min-h-12 items-center justify-between gap-4 hover:underline hover:underline-offset-4"
          >
            <span className="min-w-0 truncate">{item.title}</span>
            <time dateTime={item.updatedAt.toISOString()} className="shrink-0 text-ink-soft text-sm">
              {now && shortTime(item.updatedAt, now)}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  );
}
