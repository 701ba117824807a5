"use client";

import { useCallback } from "react";
import { useStored } from "@/components/lib/use-stored";

/** What is written but not sent yet, kept in this browser for each conversation. */
export function useDraft(conversationId: string | undefined) {
  const [stored, store] = useStored("local", `inkwell:draft:${conversationId ?? "new"}`);
  const setDraft = useCallback((text: string) => store(text === "" ? null : text), [store]);
  return [stored ?? "", setDraft] as const;
}
