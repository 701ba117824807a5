"use client";

import { RefreshCw } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { credits } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { Timestamp } from "@/components/ui/timestamp";
import type { RequestStory as Story } from "@/shared/operations";
import { trpc } from "@/trpc/react";
import { duration } from "../../model/duration";
import { callsOf, spentIn, timelineOf } from "../../model/story";
import { Fact, Facts } from "../facts";
import { StoryTimeline } from "./story-timeline";

const inText = "underline decoration-line-strong underline-offset-4 hover:decoration-ink";

/** What happened in a request: what was called and by whom, what was tried, what it did to the credits. */
export function RequestStory({ initial }: { initial: Story }) {
  const query = trpc.admin.request.useQuery({ requestId: initial.requestId }, { initialData: initial });
  const story = query.data;
  const timeline = useMemo(() => timelineOf(story), [story]);
  const calls = callsOf(story);
  const spent = spentIn(story);

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="flex min-w-0 items-center gap-1">
          <span className="wrap-anywhere font-mono">{story.requestId}</span>
          <CopyButton text={story.requestId} what="the request id" />
        </p>
        <Button variant="outline" size="sm" disabled={query.isFetching} onClick={() => query.refetch()}>
          <RefreshCw aria-hidden /> {query.isFetching ? "Looking…" : "Look again"}
        </Button>
      </div>
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} consequence="What stands here may be old." className="mt-4" />
      )}
      <div className="mt-4">
        <Facts>
          {calls.length > 0 && (
            <Fact name="Called">
              {calls.map(({ path, ms, code }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one procedure may be called more than once.
                <span key={index} className="block">
                  <span className="font-mono text-sm">{path}</span>
                  <span className="text-ink-soft">
                    {" "}
                    {code ? `ended with ${code}` : "answered"} after {duration(ms)}
                  </span>
                </span>
              ))}
            </Fact>
          )}
          <Fact name="By">
            {story.user ? (
              <Link href={`/admin/users/${story.user.id}`} className={inText}>
                {story.user.email ?? "somebody who is gone"}
              </Link>
            ) : (
              "somebody who was not signed in"
            )}
          </Fact>
          {timeline.moments.length > 0 && (
            <Fact name="Began">
              <Timestamp at={new Date(timeline.start)} full />
              <span className="text-ink-soft"> and took {duration(timeline.ms)} in all</span>
            </Fact>
          )}
          <Fact name="Credits">
            {spent > 0 ? `${credits(spent)} spent` : "None spent"}
            {story.ledger.length > 0 && (
              <span className="text-ink-soft">; {story.ledger.length} lines in the ledger, below</span>
            )}
          </Fact>
          {story.things.map((thing) => (
            <Fact key={thing.id} name={THINGS[thing.kind]}>
              {thing.kind === "purchase" ? (
                <Link href={`/admin/payments/${thing.id}`} className={inText}>
                  {thing.state}
                </Link>
              ) : (
                thing.state
              )}
              {thing.errorCode && ` (${thing.errorCode})`}
              {thing.cost !== undefined && <span className="text-ink-soft">, priced {credits(thing.cost)}</span>}
            </Fact>
          ))}
        </Facts>
      </div>
      <h2 className="display mt-10 mb-4 text-2xl">What happened</h2>
      {timeline.moments.length > 0 ? (
        <StoryTimeline timeline={timeline} />
      ) : (
        <Notice title="Its lines are gone">
          Log lines are kept for 30 days, calls to providers for 90. What it made is still known, above.
        </Notice>
      )}
    </>
  );
}

const THINGS: Record<Story["things"][number]["kind"], string> = {
  chat: "Answer",
  image: "Images",
  purchase: "Purchase",
};
