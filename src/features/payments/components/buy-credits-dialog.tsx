"use client";

import { type ComponentType, useEffect, useState } from "react";
import type { Need } from "@/components/buy-credits";
import { credits } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { Dialog, PermeableDialogContent } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { trpc } from "@/trpc/react";
import type { NeededCheckoutProps } from "./needed-checkout";

interface BuyCreditsDialogProps {
  need: Need;
  onClose: () => void;
}

/** The shop in front of a page where the credits ran out. Its inside is fetched when it is first opened. */
export function BuyCreditsDialog({ need, onClose }: BuyCreditsDialogProps) {
  const { data: balance } = trpc.credits.balance.useQuery();
  const { Inside, failed, load } = useInside();
  const has = balance === undefined ? "" : `; you have ${balance.available.toLocaleString("en")}`;

  return (
    <Dialog modal={false} open onOpenChange={(open) => !open && onClose()}>
      <PermeableDialogContent
        title="Buy credits"
        description={`This costs ${credits(need.cost)}${has}. ${need.outcome} as soon as the credits are here.`}
      >
        {Inside ? (
          <Inside need={need} onClose={onClose} />
        ) : failed ? (
          <Notice
            role="alert"
            title="The shop could not be opened"
            actions={
              <Button variant="outline" size="sm" onClick={load}>
                Try again
              </Button>
            }
          >
            Check your connection. What you wrote is kept.
          </Notice>
        ) : (
          <p role="status" className="flex items-center gap-3 text-ink-soft">
            <Spinner /> Opening the shop…
          </p>
        )}
      </PermeableDialogContent>
    </Dialog>
  );
}

/** PayPal's part, which no page should have to load before somebody buys. */
function useInside() {
  const [Inside, setInside] = useState<ComponentType<NeededCheckoutProps>>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt fetches anew.
  useEffect(() => {
    let gone = false;
    setFailed(false);
    import("./needed-checkout").then(
      ({ NeededCheckout }) => !gone && setInside(() => NeededCheckout),
      () => !gone && setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [attempt]);

  return { Inside, failed, load: () => setAttempt(attempt + 1) };
}
