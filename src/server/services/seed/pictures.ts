import type { ImageDoc } from "@models";
import { sleep } from "@/server/lib/clock";
import { imageProvider, imageStore } from "@/server/providers/configured";
import { sandboxFileUrl } from "@/server/services/image/store-images";
import type { AspectRatio } from "@/shared/image";
import { PICTURES } from "./topics";

/** How many pictures there are of each. */
const VARIANTS = 2;
const LOOK_MS = 200;
/** Drawn or stored at a time. */
const AT_ONCE = 6;
const soon = () => AbortSignal.timeout(60_000);

/** Has each picture drawn a few times, and stores a copy of one for every image, under a name of its own. */
export async function storePictures(images: ImageDoc[]): Promise<void> {
  const drawn = new Map<string, Buffer[]>();
  const wanted = PICTURES.filter(([prompt]) => images.some((image) => image.prompt === prompt));
  await inParallel(wanted, async ([prompt, shape]) => {
    drawn.set(prompt, await drawVariants(prompt, shape));
  });
  await inParallel(images, async (image) => {
    const variants = drawn.get(image.prompt) ?? [];
    const file = variants[Number(image._id.at(-1)) % VARIANTS];
    if (!file) throw new Error(`There is no picture of ${image.prompt}.`);
    const stored = await imageStore().upload(`inkwell/${image.userId}/${image._id}`, file, soon());
    const { publicId, width, height, bytes, url } = stored;
    Object.assign(image, { publicId, width, height, bytes, url: sandboxFileUrl(url) });
  });
}

async function drawVariants(prompt: string, aspectRatio: AspectRatio): Promise<Buffer[]> {
  const provider = imageProvider();
  const signal = soon();
  let prediction = await provider.create({
    model: "sandbox/demo",
    prompt,
    aspectRatio,
    count: VARIANTS,
    seed: 1,
    signal,
  });
  while (prediction.status === "starting" || prediction.status === "processing") {
    await sleep(LOOK_MS, signal);
    prediction = await provider.get(prediction.id, signal);
  }
  return Promise.all(prediction.outputUrls.map((url) => provider.download(url, signal)));
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
