"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { isDefinitive, toFailure } from "@/components/lib/failure";
import { credits } from "@/components/lib/format";
import { newKey } from "@/components/lib/new-key";
import { notify } from "@/components/lib/notify";
import { AppError, isErrorCode } from "@/shared/errors";
import type { ImageEvent } from "@/shared/image";
import { trpc } from "@/trpc/react";
import { type ImageJob, jobOf } from "../model/image-job";
import type { ImageRequest } from "../model/image-request";

const LOOK_EVERY_MS = 1_500;
const LOOK_LATE_EVERY_MS = 5_000;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Making images. Each has a card from the press of the button to its end, through reloads and lost connections. */
export function useGenerateImage(costOf: (count: number) => number | undefined) {
  const utils = trpc.useUtils();
  const [jobs, setJobs] = useState<ImageJob[]>([]);
  const followed = useRef(new Set<string>());
  const mounted = useRef(true);
  const running = trpc.image.running.useQuery(undefined, { staleTime: 0 });

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const change = useCallback((key: string, changes: Partial<ImageJob>) => {
    setJobs((now) => now.map((job) => (job.key === key ? { ...job, ...changes } : job)));
  }, []);
  const dismiss = useCallback((key: string) => setJobs((now) => now.filter((job) => job.key !== key)), []);

  /** The card goes when the library shows what it was for. */
  const finish = useCallback(
    async (key: string, made: number, asked: number, charged: number) => {
      await Promise.all([
        utils.image.list.invalidate(),
        utils.credits.balance.invalidate(),
        utils.credits.history.invalidate(),
      ]);
      dismiss(key);
      if (made < asked) notify(`${made} of ${asked} could be made. You paid ${credits(charged)}.`);
    },
    [utils, dismiss],
  );

  const fail = useCallback(
    (key: string, code: string | undefined, requestId: string, message?: string) => {
      void utils.credits.balance.invalidate();
      const known = isErrorCode(code) ? code : "INTERNAL";
      const failure = { code: known, message: message ?? new AppError(known).message, requestId };
      change(key, { phase: "failed", failure });
    },
    [utils, change],
  );

  /** Looks from time to time how a generation is getting on, until it has ended. */
  const watch = useCallback(
    async (key: string, generationId: string) => {
      let lookAgainIn = LOOK_EVERY_MS;
      while (mounted.current) {
        try {
          const generation = await utils.client.image.generation.query({ generationId });
          const { status, late, images, count, charged, errorCode, requestId } = generation;
          if (status === "complete") return await finish(key, images.length, count, charged);
          if (status === "canceled") return dismiss(key);
          if (status === "failed") return fail(key, errorCode, requestId);
          change(key, { phase: late ? "late" : status });
          lookAgainIn = late ? LOOK_LATE_EVERY_MS : LOOK_EVERY_MS;
        } catch (error) {
          const failure = toFailure(error);
          if (isDefinitive(failure) && failure.code !== "SERVICE_UNAVAILABLE") {
            return change(key, { phase: "failed", failure });
          }
          change(key, { phase: "reconnecting" });
        }
        await pause(lookAgainIn);
      }
    },
    [utils, change, dismiss, fail, finish],
  );

  // Generations begun before this page was opened get their cards back.
  useEffect(() => {
    for (const generation of running.data ?? []) {
      if (followed.current.has(generation.id)) continue;
      followed.current.add(generation.id);
      const job = jobOf(generation);
      setJobs((now) => (now.some(({ generationId }) => generationId === job.generationId) ? now : [...now, job]));
      void watch(job.key, generation.id);
    }
  }, [running.data, watch]);

  const run = useCallback(
    async (key: string, request: ImageRequest) => {
      let generationId: string | undefined;
      let end: Extract<ImageEvent, { type: "done" | "error" }> | undefined;
      try {
        const events = await utils.client.image.generate.mutate({
          ...request,
          expectedCost: costOf(request.count),
          idempotencyKey: key,
        });
        for await (const event of events) {
          if (event.type === "start") {
            generationId = event.generationId;
            followed.current.add(generationId);
            change(key, { generationId, phase: "starting" });
          } else if (event.type === "progress") {
            change(key, { phase: event.status, percent: event.percent });
          } else if (event.type === "pending") {
            change(key, { phase: "late" });
            return watch(key, event.generationId);
          } else {
            end = event;
          }
        }
      } catch (error) {
        if (generationId === undefined) {
          const failure = toFailure(error);
          if (failure.code === "CONFLICT" || failure.code === "FORBIDDEN") void utils.account.me.invalidate();
          if (failure.code === "INSUFFICIENT_CREDITS") void utils.credits.balance.invalidate();
          return change(key, { phase: "failed", failure });
        }
      }
      if (end?.type === "done") {
        utils.credits.balance.setData(undefined, end.balance);
        return finish(key, end.images.length, request.count, end.charged);
      }
      if (end?.type === "error") return fail(key, end.code, end.requestId, end.message);
      if (generationId === undefined) return change(key, { phase: "failed", failure: toFailure(undefined) });
      change(key, { phase: "reconnecting" });
      return watch(key, generationId);
    },
    [utils, costOf, change, fail, finish, watch],
  );

  const make = useCallback(
    (request: ImageRequest) => {
      const key = newKey();
      setJobs((now) => [{ key, request, phase: "sending" }, ...now]);
      void run(key, request);
    },
    [run],
  );

  /** Tries again. What may have arrived the first time keeps its key, so that it is not made twice. */
  const retry = useCallback(
    (job: ImageJob) => {
      const key = job.failure && isDefinitive(job.failure) ? newKey() : job.key;
      setJobs((now) =>
        now.map((other) => (other.key === job.key ? { key, request: job.request, phase: "sending" } : other)),
      );
      void run(key, job.request);
    },
    [run],
  );

  const cancel = useCallback(
    async (job: ImageJob) => {
      if (!job.generationId) return;
      try {
        const { stopped } = await utils.client.image.cancel.mutate({ generationId: job.generationId });
        notify(stopped ? "Canceled. Nothing was charged." : "Too late to cancel: it is nearly done.");
        if (stopped) dismiss(job.key);
      } catch (error) {
        notify(toFailure(error).message);
      }
    },
    [utils, dismiss],
  );

  return { jobs, make, retry, cancel, dismiss };
}
