"use client";

import { useEffect, useState } from "react";
import type { RouterOutputs } from "@/trpc/react";
import { MaintenanceBanner } from "./maintenance-banner";

const REFRESH_MS = 60_000;

async function lookUp() {
  const { visitor } = await import("@/trpc/client");
  return visitor.status.notice.query();
}

interface VisitorBannerProps {
  /** What the server knew when it drew the page; absent where it could not. */
  initial?: RouterOutputs["status"]["notice"];
  initiallyClosed?: string | undefined;
}

/** The operator's message above the pages that strangers see, which load nothing to ask for it until they do. */
export function VisitorBanner({ initial, initiallyClosed }: VisitorBannerProps) {
  const [notice, setNotice] = useState(initial);
  const known = initial !== undefined;

  useEffect(() => {
    let gone = false;
    const look = () => {
      if (document.hidden) return;
      lookUp().then(
        (found) => !gone && setNotice(found),
        // What is known stands until somebody can say better.
        () => undefined,
      );
    };
    if (!known) look();
    const timer = setInterval(look, REFRESH_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      gone = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [known]);

  return <MaintenanceBanner notice={notice} initiallyClosed={initiallyClosed} />;
}
