"use client";

import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Opener } from "@/components/ui/opener";
import type { ChatTier } from "@/shared/chat-limits";
import type { TierPickerProps } from "./tier-menu";

const TIER_NAMES: Record<ChatTier, string> = { fast: "Fast", smart: "Smart" };

const load = () => import("./tier-menu").then(({ TierMenu }) => TierMenu);

/** How much thought the answer gets, and what that costs. */
export function TierPicker(props: TierPickerProps) {
  const name = TIER_NAMES[props.tier];

  return (
    <Opener kind="menu" load={load} inside={props}>
      <Button variant="quiet" size="sm" aria-label={`Model: ${name}`}>
        {name} <ChevronDown aria-hidden />
      </Button>
    </Opener>
  );
}
