"use client";

import { useCallback } from "react";
import { trpc } from "@/trpc/react";

/** After a change to somebody: reads again what is shown of them. */
export function useUserChanged(userId: string) {
  const utils = trpc.useUtils();
  return useCallback(async () => {
    void utils.admin.users.invalidate();
    void utils.admin.userLedger.invalidate({ userId });
    await utils.admin.user.invalidate({ userId });
  }, [utils, userId]);
}
