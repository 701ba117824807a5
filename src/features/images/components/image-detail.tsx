"use client";

import { ArrowLeft, Download, RefreshCw, Trash2, Undo2 } from "lucide-react";
import Image from "next/image";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { credits, fullTime } from "@/components/lib/format";
import { useNow } from "@/components/lib/use-now";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { RequestId } from "@/components/ui/request-id";
import type { LibraryImage } from "@/shared/image";
import { trpc } from "@/trpc/react";
import { useImageTrash } from "../hooks/use-library";
import { downloadUrl } from "../model/download-url";
import { remixAddress } from "../model/image-request";

/** One image, large, with everything about it. */
export function ImageDetail({ initial }: { initial: LibraryImage }) {
  const router = useRouter();
  const now = useNow();
  const { data: image } = trpc.image.get.useQuery({ imageId: initial.id }, { initialData: initial });
  const { remove, restore } = useImageTrash();
  const facts = [
    { name: "Shape", value: `${image.aspectRatio}, ${image.width} × ${image.height}` },
    { name: "Seed", value: image.seed === undefined ? "by chance" : String(image.seed) },
    { name: "Cost", value: image.charged === 0 ? "nothing" : credits(image.charged) },
    { name: "Made", value: now ? fullTime(image.createdAt) : "" },
    ...(image.sandbox ? [{ name: "By", value: "the sandbox, on this server" }] : []),
  ];

  return (
    <div className="mx-auto w-full max-w-7xl px-4 pt-4 pb-16 sm:px-8">
      <Button asChild variant="quiet" size="sm" className="-ml-3">
        <Link href="/images">
          <ArrowLeft aria-hidden /> Images
        </Link>
      </Button>
      <div className="mt-3 grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-12">
        <div className="flex items-start justify-center">
          <Image
            src={image.url}
            alt={image.prompt}
            width={image.width}
            height={image.height}
            sizes="(min-width: 1024px) 900px, 100vw"
            preload
            className="max-h-[82dvh] w-auto rounded-md bg-paper-sunk"
          />
        </div>
        <div>
          {image.removedAt && (
            <Notice className="mb-6" title="In the trash">
              It can be brought back at any time.
            </Notice>
          )}
          <h1 className="sr-only">Image</h1>
          <div className="flex items-start gap-2">
            <p className="display wrap-anywhere flex-1 text-xl">{image.prompt}</p>
            <CopyButton text={image.prompt} what="the prompt" />
          </div>
          <dl className="mt-6 border-t">
            {facts.map(({ name, value }) => (
              <div key={name} className="flex justify-between gap-4 border-b py-2.5">
                <dt className="text-ink-soft">{name}</dt>
                <dd className="text-right">{value}</dd>
              </div>
            ))}
          </dl>
          <div className="mt-6 grid grid-cols-2 gap-2">
            <Button asChild className="col-span-2">
              <Link href={remixAddress(image)}>
                <RefreshCw aria-hidden /> Remix
              </Link>
            </Button>
            <Button asChild variant="outline">
              <a href={downloadUrl(image.url)} download={`inkwell-${image.id}`}>
                <Download aria-hidden /> Download
              </a>
            </Button>
            {image.removedAt ? (
              <Button variant="outline" onClick={() => restore(image.id)}>
                <Undo2 aria-hidden /> Restore
              </Button>
            ) : (
              <Button variant="outline" onClick={() => remove(image.id, () => router.push("/images"))}>
                <Trash2 aria-hidden /> Remove
              </Button>
            )}
          </div>
          <RequestId id={image.requestId} className="mt-4" />
        </div>
      </div>
    </div>
  );
}
