"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { Failure } from "./lib/failure";
import { waitLabel } from "./lib/format";
import { useCountdown } from "./lib/use-countdown";
import { Button } from "./ui/button";
import { Notice } from "./ui/notice";
import { RequestId } from "./ui/request-id";

const TITLES: Record<string, string> = {
  UNAUTHENTICATED: "You are signed out",
  FORBIDDEN: "Not with this account",
  NOT_FOUND: "Nothing here",
  VALIDATION: "That could not be read",
  CONFLICT: "This changed in the meantime",
  IDEMPOTENCY_MISMATCH: "Already sent, differently",
  INSUFFICIENT_CREDITS: "Not enough credits",
  RATE_LIMITED: "A little too fast",
  CONTENT_BLOCKED: "The provider declined",
  PAYMENT_FAILED: "The payment did not go through",
  PAYPAL: "PayPal could not go on",
  PROVIDER_UNAVAILABLE: "No provider could answer",
  PROVIDER_TIMEOUT: "The provider took too long",
  SERVICE_UNAVAILABLE: "A part of this service is away",
  NETWORK: "No connection to the server",
};

interface FailureNoticeProps {
  failure: Failure;
  /** Says what happened better than the kind of failure does. */
  title?: string | undefined;
  /** Offered once a retry can succeed. */
  onRetry?: (() => void) | undefined;
  retryLabel?: string;
  /** Said after the message: what became of the reader's words, and of their credits. */
  consequence?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

/** A failure in plain words: what happened, what it cost, what to do, and the id to quote. */
export function FailureNotice({
  failure,
  title,
  onRetry,
  retryLabel = "Try again",
  consequence,
  actions,
  className,
}: FailureNoticeProps) {
  const pathname = usePathname();
  const left = useCountdown(failure.retryAfterMs);
  const signedOut = failure.code === "UNAUTHENTICATED";

  return (
    <Notice
      role="alert"
      title={title ?? TITLES[failure.code] ?? "Something went wrong"}
      {...(className ? { className } : {})}
      actions={
        <>
          {signedOut && (
            <Button asChild size="sm">
              <Link href={`/sign-in?callbackUrl=${encodeURIComponent(pathname)}`}>Sign in</Link>
            </Button>
          )}
          {onRetry && !signedOut && (
            <Button variant="outline" size="sm" onClick={onRetry} disabled={left > 0}>
              {left > 0 ? `${retryLabel} in ${waitLabel(left)}` : retryLabel}
            </Button>
          )}
          {actions}
          {failure.requestId && <RequestId id={failure.requestId} />}
        </>
      }
    >
      {failure.message} {consequence}
    </Notice>
  );
}
