import "server-only";

import { headers } from "next/headers";
import { cache } from "react";
import { createContext } from "@/server/api/context";
import { createCaller } from "@/server/api/root";
import type { Me } from "@/shared/account";

const context = cache(async () => createContext(new Headers(await headers())));

/** The API, called in-process for the page being rendered. */
export const api = cache(async () => createCaller(await context()));

/** Who is signed in, or null. Suspended people are not. */
export const getSessionUser = cache(async (): Promise<Me | null> => {
  const user = await (await context()).session();
  if (!user || user.status === "suspended") return null;
  return (await api()).account.me();
});
