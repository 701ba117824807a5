import { PageFrame } from "@/components/shell/page-frame";
import { GallerySkeleton } from "@/features/images/components/gallery";

export default function ImagesLoading() {
  return (
    <PageFrame title="Images" className="max-w-7xl">
      <div role="status" aria-label="Opening your images" className="skeleton mb-12 h-52" />
      <GallerySkeleton />
    </PageFrame>
  );
}
