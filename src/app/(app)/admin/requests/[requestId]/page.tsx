import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { NoStory } from "@/features/admin/components/requests/no-story";
import { RequestStory } from "@/features/admin/components/requests/request-story";
import { api } from "@/trpc/server";
import { requireAdmin } from "../../../require-admin";

export const metadata: Metadata = { title: "Request" };

/** There is no story under this id; or it is no id at all. */
const isUnknown = (error: unknown) =>
  error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST");

export default async function RequestPage({ params }: { params: Promise<{ requestId: string }> }) {
  const requestId = decodeURIComponent((await params).requestId);
  await requireAdmin(`/admin/requests/${encodeURIComponent(requestId)}`);
  const caller = await api();
  const story = await caller.admin.request({ requestId }).catch((error: unknown) => {
    if (isUnknown(error)) return null;
    throw error;
  });

  return (
    <PageFrame title="Request">
      {story ? <RequestStory key={requestId} initial={story} /> : <NoStory requestId={requestId} />}
    </PageFrame>
  );
}
