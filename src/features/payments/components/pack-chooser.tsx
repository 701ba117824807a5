"use client";

import { RadioGroup } from "radix-ui";
import { credits } from "@/components/lib/format";
import { formatMoney } from "@/shared/money";
import type { Pack } from "@/shared/payments";
import { pricePerCredit } from "../model/pack-price";

interface PackChooserProps {
  packs: Pack[];
  value: string;
  onChange: (packId: string) => void;
  disabled: boolean;
}

/** The packs on sale, of which one is chosen: how much, for what, and what one credit comes to. */
export function PackChooser({ packs, value, onChange, disabled }: PackChooserProps) {
  return (
    <RadioGroup.Root
      aria-label="How many credits"
      value={value}
      onValueChange={onChange}
      disabled={disabled}
      className="border-t"
    >
      {packs.map((pack) => (
        <RadioGroup.Item
          key={pack.id}
          value={pack.id}
          aria-label={`${credits(pack.credits)} for ${formatMoney(pack.price)}, ${pricePerCredit(pack)} a credit`}
          className="group focus-visible:-outline-offset-2 flex w-full items-center gap-4 border-b px-3 py-3 text-left transition-colors duration-150 hover:bg-paper-sunk disabled:opacity-60 data-[state=checked]:bg-paper-sunk"
        >
          <span
            aria-hidden
            className="flex size-5 shrink-0 items-center justify-center rounded-full border border-line-strong group-data-[state=checked]:border-ink"
          >
            <RadioGroup.Indicator className="size-2.5 rounded-full bg-ink" />
          </span>
          <span className="min-w-0 flex-1">
            <span className="block font-medium text-lg">{credits(pack.credits)}</span>
            <span className="block text-ink-soft text-sm">{pricePerCredit(pack)} a credit</span>
          </span>
          <span className="display whitespace-nowrap text-2xl">{formatMoney(pack.price)}</span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
