"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RequestBox } from "../request-box";

/** Nothing is known of a request: why that may be, and what to try. */
export function NoStory({ requestId }: { requestId: string }) {
  const router = useRouter();
  return (
    <div className="grid max-w-[60ch] gap-8">
      <Notice
        title="Nothing is known of this request"
        actions={
          <Button variant="outline" size="sm" onClick={() => router.refresh()}>
            Look again
          </Button>
        }
      >
        <p className="wrap-anywhere font-mono text-ink text-sm">{requestId}</p>
        <ul className="mt-2 list-disc pl-5">
          <li>Stories are kept for 30 days: it may be older than that.</li>
          <li>What happened within the last second may not be written yet.</li>
          <li>A letter may have been lost when it was copied: an id is often 16 characters long.</li>
          <li>It may belong to another instance.</li>
        </ul>
      </Notice>
      <div className="max-w-md">
        <RequestBox label="Find another request" />
      </div>
    </div>
  );
}
