"use client";

import { Megaphone, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { RouterOutputs } from "@/trpc/react";
import { CLOSED_NOTICE_COOKIE, noticeId } from "../notice-id";

const REMEMBERED_SECONDS = 90 * 24 * 3_600;

interface MaintenanceBannerProps {
  /** What there is to say, as far as anybody knows. */
  notice: RouterOutputs["status"]["notice"] | undefined;
  /** Which message this reader closed, by its id. */
  initiallyClosed?: string | undefined;
}

/** What the operator tells everybody. Closed, it stays closed until there is something else to say. */
export function MaintenanceBanner({ notice, initiallyClosed }: MaintenanceBannerProps) {
  const [closed, setClosed] = useState(initiallyClosed);
  const message = notice?.maintenance;
  const isShown = message && noticeId(message) !== closed;

  const close = () => {
    if (!message) return;
    const id = noticeId(message);
    setClosed(id);
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store.
    document.cookie = `${CLOSED_NOTICE_COOKIE}=${id}; path=/; max-age=${REMEMBERED_SECONDS}; samesite=lax`;
  };

  return (
    <div role="status" className="shrink-0 print:hidden">
      {isShown && (
        <div className="flex items-center justify-center gap-3 border-b bg-ink pr-2 pl-4 text-paper text-sm">
          <Megaphone aria-hidden className="size-4 shrink-0" />
          <p className="wrap-anywhere py-2.5">{message}</p>
          <Button
            variant="quiet"
            size="icon-sm"
            className="text-paper hover:bg-transparent hover:text-paper"
            aria-label="Hide this message"
            onClick={close}
          >
            <X aria-hidden />
          </Button>
        </div>
      )}
    </div>
  );
}
