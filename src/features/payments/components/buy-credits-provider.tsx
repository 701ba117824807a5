"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { BuyCreditsContext, type Need } from "@/components/buy-credits";
import { trpc } from "@/trpc/react";
import { useRememberPlace } from "../hooks/use-place";
import { BuyCreditsDialog } from "./buy-credits-dialog";

const SHOP_FRESH_MS = 5 * 60_000;

/** Lets every page below it open the shop in front of itself. */
export function BuyCreditsProvider({ children }: { children: ReactNode }) {
  useRememberPlace();
  const shop = trpc.payments.packs.useQuery(undefined, { staleTime: SHOP_FRESH_MS });
  const pathname = usePathname();
  const [opened, setOpened] = useState<{ need: Need; on: string }>();
  // Whoever turns the page leaves what they were about to pay for.
  const need = opened?.on === pathname ? opened.need : undefined;
  useEffect(() => setOpened((now) => (now?.on === pathname ? now : undefined)), [pathname]);

  // Where it cannot be asked, the dialog says so and asks again.
  const sold = shop.isPending ? undefined : shop.data !== null;
  const writing = useRef<Element | null>(null);
  const open = useCallback(
    (next: Need) => {
      writing.current = document.activeElement;
      setOpened({ need: next, on: pathname });
    },
    [pathname],
  );
  // The page can be written on again, and so it is where the reader was.
  useEffect(() => {
    if (need || !(writing.current instanceof HTMLElement)) return;
    writing.current.focus();
    writing.current = null;
  }, [need]);
  const close = useCallback(() => setOpened(undefined), []);
  const context = useMemo(() => ({ sold, open }), [sold, open]);

  return (
    <BuyCreditsContext value={context}>
      <div className="contents" inert={need !== undefined}>
        {children}
      </div>
      {need && <BuyCreditsDialog need={need} onClose={close} />}
    </BuyCreditsContext>
  );
}
