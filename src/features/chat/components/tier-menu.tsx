"use client";

import { Lock } from "lucide-react";
import type { ReactElement } from "react";
import { credits } from "@/components/lib/format";
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from "@/components/ui/dropdown-menu";
import { type ChatTier, isChatTier } from "@/shared/chat-limits";

export interface TierPickerProps {
  tier: ChatTier;
  onChange: (tier: ChatTier) => void;
  smartAllowed: boolean;
  /** Switched on for this person, whatever their role may do. */
  smartOn: boolean;
  costOf: (tier: ChatTier) => number | undefined;
}

/** The tiers to choose from, open. */
export function TierMenu({
  tier,
  onChange,
  smartAllowed,
  smartOn,
  costOf,
  button,
}: TierPickerProps & { button: ReactElement }) {
  const price = (of: ChatTier) => {
    const cost = costOf(of);
    return cost === undefined ? "" : ` · ${credits(cost)}`;
  };

  return (
    <Menu modal={false} defaultOpen>
      <MenuTrigger asChild>{button}</MenuTrigger>
      <MenuContent align="start" side="top" className="w-84">
        <MenuRadioGroup value={tier} onValueChange={(value) => isChatTier(value) && onChange(value)}>
          <MenuRadioItem value="fast" className="py-2">
            <span>
              <span className="block font-medium">Fast</span>
              <span className="block text-ink-soft text-sm">Short waits, everyday work{price("fast")}</span>
            </span>
          </MenuRadioItem>
          <MenuRadioItem value="smart" disabled={!smartAllowed} className="py-2">
            <span>
              <span className="flex items-center gap-1.5 font-medium">
                Smart {!smartAllowed && <Lock aria-hidden className="size-3.5!" />}
              </span>
              <span className="block text-ink-soft text-sm">
                {smartAllowed
                  ? "The larger model"
                  : smartOn
                    ? "The larger model, for subscribers"
                    : "Not switched on for you yet"}
                {price("smart")}
              </span>
            </span>
          </MenuRadioItem>
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
