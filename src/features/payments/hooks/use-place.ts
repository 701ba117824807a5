"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { useStored } from "@/components/lib/use-stored";

const HOME = "/chat";
const SHOP = "/buy-credits";

const usePlaceStore = () => useStored("session", "inkwell:place");

/** Remembers where the reader is, for the way back from the shop, which may lead over another site. */
export function useRememberPlace() {
  const pathname = usePathname();
  const [, setPlace] = usePlaceStore();
  useEffect(() => {
    if (pathname !== SHOP) setPlace(pathname);
  }, [pathname, setPlace]);
}

/** Where the reader was before they came to buy, and a way to name a better address for it. */
export function usePlace() {
  const [place, setPlace] = usePlaceStore();
  return [place?.startsWith("/") ? place : HOME, setPlace] as const;
}
