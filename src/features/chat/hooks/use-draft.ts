"use client";

import { useCallback } from "react";
import { useStored } from "@/components/lib/use-stored";

/** What is written but not sent yet, kept in this browser for each conversation; and what adds to it. */
export function useDraft(conversationId: string | undefined) {
  const [stored, store] = useStored("local", `inkwell:draft:${conversationId ?? "new"}`);
  const setDraft = useCallback((text: string) => store(text === "" ? null : text), [store]);
  const addToDraft = useCallback(
    (text: string) => store((kept) => (kept?.includes(text) ? kept : [kept ?? [], text].flat().join("\n"))),
    [store],
  );
  return [stored ?? "", setDraft, addToDraft] as const;
}
