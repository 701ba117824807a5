"use client";

import { createContext, useContext } from "react";
import type { Me } from "@/shared/account";
import { useAfterHydration } from "./lib/use-after-hydration";

/** Filled by the layout with the account feature: who is signed in, renewed as it changes. */
export const MeContext = createContext<Me | undefined>(undefined);

/**
 * Who is signed in and what holds for them now: operators change prices, limits and features while people are here.
 * @param drawn as the server drew the page
 */
export function useMe(drawn: Me): Me {
  return useAfterHydration(drawn, useContext(MeContext) ?? drawn);
}

/** Whether whoever reads administers this instance, and may read the story of a request. */
export const useIsOperator = () => useContext(MeContext)?.role === "ADMIN";
