import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ImageDetail } from "@/features/images/components/image-detail";
import { imageIdInput } from "@/shared/image";
import { api } from "@/trpc/server";
import { isNotFound } from "../../is-not-found";
import { requireUser } from "../../require-user";

interface ImagePageProps {
  params: Promise<{ imageId: string }>;
}

/** The image, read once for the page and its title. */
const loadImage = cache(async (imageId: string) => {
  await requireUser(`/images/${imageId}`);
  const input = imageIdInput.safeParse({ imageId });
  if (!input.success) notFound();
  try {
    return await (await api()).image.get(input.data);
  } catch (error) {
    if (isNotFound(error)) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: ImagePageProps): Promise<Metadata> {
  const { prompt } = await loadImage((await params).imageId);
  return { title: prompt.length > 60 ? `${prompt.slice(0, 60)}…` : prompt };
}

export default async function ImagePage({ params }: ImagePageProps) {
  return <ImageDetail initial={await loadImage((await params).imageId)} />;
}
