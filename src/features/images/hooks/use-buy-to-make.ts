"use client";

import { useCallback, useEffect, useRef } from "react";
import { useBuyCredits } from "@/components/buy-credits";
import type { ImageJob } from "../model/image-job";
import { type ImageRequest, remixAddress } from "../model/image-request";

interface BuyToMakeOptions {
  jobs: ImageJob[];
  costOf: (count: number) => number | undefined;
  make: (request: ImageRequest) => void;
  retry: (job: ImageJob) => void;
}

/** Buying the credits that images lack, and then making them. */
export function useBuyToMake({ jobs, costOf, make, retry }: BuyToMakeOptions) {
  const { sold, open } = useBuyCredits();
  const latest = useRef({ make, retry });
  latest.current = { make, retry };

  const openFor = useCallback(
    (request: ImageRequest, onBought: () => void) => {
      const described = request.prompt !== "";
      open({
        cost: costOf(request.count) ?? request.count,
        outcome: !described ? "You can go on" : request.count === 1 ? "Your image is made" : "Your images are made",
        returnTo: described ? remixAddress(request) : "/images",
        onBought: () => {
          if (described) onBought();
        },
      });
    },
    [open, costOf],
  );
  const buyToMake = useCallback(
    (request: ImageRequest) => openFor(request, () => latest.current.make(request)),
    [openFor],
  );
  const buyToRetry = useCallback((job: ImageJob) => openFor(job.request, () => latest.current.retry(job)), [openFor]);

  // What is refused for want of credits asks for them by itself, once.
  const asked = useRef(new Set<string>());
  useEffect(() => {
    if (!sold) return;
    const short = jobs.find(({ key, failure }) => failure?.code === "INSUFFICIENT_CREDITS" && !asked.current.has(key));
    if (!short) return;
    asked.current.add(short.key);
    buyToRetry(short);
  }, [jobs, sold, buyToRetry]);

  return { sold, buyToMake, buyToRetry };
}
