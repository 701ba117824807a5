import { credits } from "@/components/lib/format";

const PICTURES = [
  { id: "moon", width: 400, height: 400, prompt: "Moon over still water", shape: "1:1", wide: "sm:col-span-4" },
  { id: "hills", width: 640, height: 360, prompt: "Hills going under in fog", shape: "16:9", wide: "sm:col-span-6" },
  { id: "branch", width: 300, height: 400, prompt: "A branch in late winter", shape: "3:4", wide: "sm:col-span-2" },
] as const;

/** What the image studio does, beside pictures drawn for this page. */
export function PictureWall({ price }: { price: number }) {
  return (
    <section id="images" aria-labelledby="images-title" className="below border-t py-20">
      <div className="grid gap-6 lg:grid-cols-[2fr_3fr]">
        <h2 id="images-title" className="display text-4xl">
          Pictures, kept
        </h2>
        <p className="max-w-[62ch] text-ink-soft text-lg">
          Describe a picture, choose its shape, press a button that says {credits(price)}. Everything you make stays in
          your library with its prompt and seed: search it, remix it in one press, and take it back out of the trash
          when you change your mind. A picture that comes late still comes, or costs nothing.
        </p>
      </div>
      <ul className="mt-12 grid items-end gap-6 sm:grid-cols-12">
        {PICTURES.map(({ id, width, height, prompt, shape, wide }) => (
          <li key={id} className={wide}>
            <figure>
              {/* biome-ignore lint/performance/noImgElement: drawn, and so of any size; next/image has nothing to do. */}
              <img
                src={`/front-page/${id}.svg`}
                alt=""
                width={width}
                height={height}
                loading="lazy"
                decoding="async"
                className="h-auto w-full rounded-md"
              />
              <figcaption className="mt-2 flex justify-between gap-3 text-ink-soft text-sm">
                <span>{prompt}</span>
                <span>{shape}</span>
              </figcaption>
            </figure>
          </li>
        ))}
      </ul>
      <p className="mt-6 text-ink-soft text-sm">Illustrations drawn for this page; they were not made in the studio.</p>
    </section>
  );
}
