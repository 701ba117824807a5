import "server-only";

import { headers } from "next/headers";
import { cache } from "react";
import { createContext } from "@/server/api/context";
import { createCaller } from "@/server/api/root";
import type { Me } from "@/shared/account";

const context = cache(async () => createContext(new Headers(await headers())));

/**
 * The API, called in-process for the page being rendered. A page that a failure keeps from being drawn shows its digest:
 * that is the request's id, so that its story can be read.
 */
export const api = cache(async () =>
  createCaller(await context(), {
    onError: ({ error, ctx }) => void Object.assign(error, { digest: ctx?.requestId }),
  }),
);

/** Who is signed in, or null. Suspended people are not. */
export const getSessionUser = cache(async (): Promise<Me | null> => {
  const user = await (await context()).session();
  if (!user || user.status === "suspended") return null;
  return (await api()).account.me();
});
