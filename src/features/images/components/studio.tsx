"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { credits } from "@/components/lib/format";
import { useAfterHydration } from "@/components/lib/use-after-hydration";
import { useMe } from "@/components/me";
import { OutOfCredits } from "@/components/out-of-credits";
import { Notice } from "@/components/ui/notice";
import type { Me } from "@/shared/account";
import type { AspectRatio } from "@/shared/image";
import { trpc } from "@/trpc/react";
import { useBuyToMake } from "../hooks/use-buy-to-make";
import { useGenerateImage } from "../hooks/use-generate-image";
import type { ImageRequest } from "../model/image-request";
import type { Remix } from "../model/read-remix";
import { JobCard } from "./job-card";
import { Library } from "./library";
import { StudioForm } from "./studio-form";

/** Describe a picture, watch it being made, find it in the library below. */
export function Studio({ me: drawn, remix }: { me: Me; remix: Remix | undefined }) {
  const [request, setRequest] = useState<ImageRequest>({
    prompt: remix?.prompt ?? "",
    aspectRatio: remix?.shape ?? "1:1",
    count: 1,
    seed: remix?.seed,
  });
  const prompt = useRef<HTMLTextAreaElement>(null);
  const me = useMe(drawn);
  const { prices } = me;
  const balanceQuery = trpc.credits.balance.useQuery(undefined, { initialData: drawn.balance });
  const balance = useAfterHydration(drawn.balance, balanceQuery.data);
  const costOf = useCallback((count: number) => prices.image * count, [prices]);
  const { jobs, make, retry, cancel, dismiss } = useGenerateImage(costOf);
  const { sold, buyToMake, buyToRetry } = useBuyToMake({ jobs, costOf, make, retry });
  const isOn = me.features.images;
  const asked = { ...request, prompt: request.prompt.trim() };
  const cost = costOf(request.count);
  const affordable = cost === undefined || balance.available >= cost;

  // Another image is to be remixed while the studio is open.
  useEffect(() => {
    if (!remix) return;
    setRequest((now) => ({ ...now, prompt: remix.prompt, aspectRatio: remix.shape, seed: remix.seed }));
    window.scrollTo({ top: 0 });
    prompt.current?.focus({ preventScroll: true });
  }, [remix]);

  const pick = (words: string, shape: AspectRatio) => {
    setRequest((now) => ({ ...now, prompt: words, aspectRatio: shape, seed: undefined }));
    window.scrollTo({ top: 0 });
    prompt.current?.focus({ preventScroll: true });
  };

  return (
    <>
      {isOn ? (
        <StudioForm
          request={request}
          onChange={setRequest}
          onMake={() => make(asked)}
          onBuy={sold ? () => buyToMake(asked) : undefined}
          most={me.limits.imagesPerRequest}
          cost={cost}
          affordable={affordable}
          prompt={prompt}
        />
      ) : (
        <Notice title="Making images is not switched on for you yet">
          Whoever runs this Inkwell lets more and more people in. What you made before is below, as it was.
        </Notice>
      )}
      {isOn && !affordable && (
        <div className="mt-4">
          <OutOfCredits available={balance.available} cost={cost} sold={sold} onBuy={() => buyToMake(asked)}>
            {request.prompt ? "Your description stays where it is." : `This takes ${credits(cost)}.`}
          </OutOfCredits>
        </div>
      )}
      {jobs.length > 0 && (
        <ul aria-label="Being made" className="mt-6 border-b">
          {jobs.map((job) => (
            <JobCard
              key={job.key}
              job={job}
              onRetry={retry}
              onBuy={sold ? buyToRetry : undefined}
              onCancel={cancel}
              onDismiss={dismiss}
            />
          ))}
        </ul>
      )}
      <div className="mt-12">
        <Library onPick={isOn ? pick : undefined} />
      </div>
    </>
  );
}
