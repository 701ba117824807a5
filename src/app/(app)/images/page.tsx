import type { Metadata } from "next";
import { PageFrame } from "@/components/shell/page-frame";
import { Studio } from "@/features/images/components/studio";
import { readRemix } from "@/features/images/model/read-remix";
import { requireUser } from "../require-user";

export const metadata: Metadata = { title: "Images" };

interface ImagesPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ImagesPage({ searchParams }: ImagesPageProps) {
  const me = await requireUser("/images");

  return (
    <PageFrame title="Images" className="max-w-7xl">
      <Studio me={me} remix={readRemix(await searchParams)} />
    </PageFrame>
  );
}
