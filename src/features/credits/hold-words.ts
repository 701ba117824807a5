import { credits } from "@/components/lib/format";
import type { Hold } from "@/shared/credits";

/** "1 credit for an answer under way": what a running operation has set aside, and what for. */
export function holdInWords({ kind, amount }: Pick<Hold, "kind" | "amount">): string {
  return `${credits(amount)} for ${kind === "chat" ? "an answer" : "images"} under way`;
}

/** Where the operation can be seen at work. */
export function holdAddress({ kind, targetId }: Pick<Hold, "kind" | "targetId">): string {
  if (kind === "image") return "/images";
  return targetId === "" ? "/chat" : `/chat/${targetId}`;
}
