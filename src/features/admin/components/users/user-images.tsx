"use client";

import { credits } from "@/components/lib/format";
import { usePages } from "@/components/lib/use-pages";
import { Tag } from "@/components/ui/tag";
import { Timestamp } from "@/components/ui/timestamp";
import { getQueryKey } from "@/trpc/query-key";
import { type RouterOutputs, trpc } from "@/trpc/react";
import { type Column, DataTable } from "../data-table";
import { RequestLink } from "../request-link";

type ImageRow = RouterOutputs["admin"]["userImages"]["items"][number];

const COLUMNS: Column<ImageRow>[] = [
  {
    head: "Image",
    cell: ({ id, removed }) => (
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-mono text-sm">{id}</span>
        {removed && <Tag>In the trash</Tag>}
      </span>
    ),
    className: "wrap-anywhere",
  },
  { head: "Shape", cell: ({ aspectRatio }) => aspectRatio, from: "sm" },
  { head: "Charged", cell: ({ charged }) => (charged === 0 ? "nothing" : credits(charged)), end: true },
  { head: "Request", cell: ({ requestId }) => <RequestLink id={requestId} />, from: "md" },
  { head: "Made", cell: ({ createdAt }) => <Timestamp at={createdAt} />, end: true, className: "whitespace-nowrap" },
];

/** That somebody made images, and for how much; neither their words nor the pictures. */
export function UserImages({ userId }: { userId: string }) {
  const utils = trpc.useUtils();
  const input = { userId, limit: 25 };
  const images = usePages({
    queryKey: getQueryKey(trpc.admin.userImages, input, "infinite"),
    fetch: (cursor, signal) => utils.client.admin.userImages.query({ ...input, cursor }, { signal }),
    fresh: true,
  });

  return (
    <>
      <p className="mb-3 text-ink-soft text-sm">Pictures and the words they were made from are not shown here.</p>
      <DataTable caption="Images" columns={COLUMNS} list={images} empty={<p>No image was made yet.</p>} />
    </>
  );
}
