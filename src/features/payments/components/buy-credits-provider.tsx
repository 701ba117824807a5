"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { BuyCreditsContext, type Need } from "@/components/buy-credits";
import { notify } from "@/components/lib/notify";
import { useFetched } from "@/components/lib/use-fetched";
import { trpc } from "@/trpc/react";
import { useRememberPlace } from "../hooks/use-place";

const SHOP_FRESH_MS = 5 * 60_000;
const loadDialog = () => import("./buy-credits-dialog").then(({ BuyCreditsDialog }) => BuyCreditsDialog);

/** Lets every page below it open the shop in front of itself. */
export function BuyCreditsProvider({ children }: { children: ReactNode }) {
  useRememberPlace();
  const shop = trpc.payments.packs.useQuery(undefined, { staleTime: SHOP_FRESH_MS });
  const pathname = usePathname();
  const [opened, setOpened] = useState<{ need: Need; on: string }>();
  // Whoever turns the page leaves what they were about to pay for.
  const need = opened?.on === pathname ? opened.need : undefined;
  const { part: Dialog, failed, want } = useFetched(loadDialog, { early: shop.data != null });
  useEffect(() => setOpened((now) => (now?.on === pathname ? now : undefined)), [pathname]);

  // Where it cannot be asked, the dialog says so and asks again.
  const sold = shop.isPending ? undefined : shop.data !== null;
  const writing = useRef<Element | null>(null);
  const open = useCallback(
    (next: Need) => {
      writing.current = document.activeElement;
      setOpened({ need: next, on: pathname });
      want();
    },
    [pathname, want],
  );
  useEffect(() => {
    if (!failed) return;
    setOpened(undefined);
    notify("The shop could not be opened. Check your connection; what you wrote is kept.");
  }, [failed]);
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
      <div className="contents" inert={need !== undefined && Dialog !== undefined}>
        {children}
      </div>
      {need && Dialog && <Dialog need={need} onClose={close} />}
    </BuyCreditsContext>
  );
}
