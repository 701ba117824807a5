"use client";

import { FailureNotice } from "@/components/failure-notice";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { type ImageJob, PHASE_NAMES } from "../model/image-job";
import { ratioOf } from "../model/image-request";

interface JobCardProps {
  job: ImageJob;
  onRetry: (job: ImageJob) => void;
  /** Buys what it lacked, then tries again; absent where credits are not sold. */
  onBuy: ((job: ImageJob) => void) | undefined;
  onCancel: (job: ImageJob) => void;
  onDismiss: (key: string) => void;
}

/** Images being made, or why they could not be. */
export function JobCard({ job, onRetry, onBuy, onCancel, onDismiss }: JobCardProps) {
  const { request, phase, percent, failure } = job;

  if (failure) {
    const buy = failure.code === "INSUFFICIENT_CREDITS" ? onBuy : undefined;
    return (
      <li className="border-t py-5">
        <p className="mb-3 line-clamp-2 text-ink-soft">“{request.prompt}”</p>
        <FailureNotice
          failure={failure}
          onRetry={() => (buy ?? onRetry)(job)}
          {...(buy ? { retryLabel: "Buy credits" } : {})}
          actions={
            <Button variant="quiet" size="sm" onClick={() => onDismiss(job.key)}>
              Dismiss
            </Button>
          }
        />
      </li>
    );
  }

  return (
    <li className="flex items-center gap-4 border-t py-4">
      <div
        aria-hidden
        className="skeleton h-16 shrink-0"
        style={{ aspectRatio: String(Math.min(ratioOf(request.aspectRatio), 1.8)) }}
      />
      <div className="min-w-0 flex-1">
        <p className="truncate">{request.prompt}</p>
        <p role="status" className="mt-1 flex items-center gap-2.5 text-ink-soft text-sm">
          <Spinner />
          {PHASE_NAMES[phase]}
          {request.count > 1 && ` · ${request.count} images`}
          {percent !== undefined && phase === "processing" && ` · ${Math.round(percent)} %`}
        </p>
        {percent !== undefined && phase === "processing" && (
          <div aria-hidden className="mt-2 h-px bg-line">
            <div className="h-px bg-ink transition-[width] duration-200" style={{ width: `${percent}%` }} />
          </div>
        )}
      </div>
      {job.generationId && phase !== "storing" && (
        <Button variant="quiet" size="sm" onClick={() => onCancel(job)}>
          Cancel
        </Button>
      )}
    </li>
  );
}
