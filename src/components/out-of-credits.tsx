import type { ReactNode } from "react";
import { credits } from "./lib/format";
import { Button } from "./ui/button";
import { Notice } from "./ui/notice";

interface OutOfCreditsProps {
  available: number;
  cost: number;
  /** What this means for what the reader has written, or would. */
  children: ReactNode;
  /** Whether this server sells credits; undefined until it is known. */
  sold: boolean | undefined;
  onBuy: () => void;
}

/** Said when there is too little to pay with, with the way out. Nothing the reader has written is lost. */
export function OutOfCredits({ available, cost, children, sold, onBuy }: OutOfCreditsProps) {
  return (
    <Notice
      role="status"
      title={available === 0 ? "Your well is dry" : `This costs ${credits(cost)}; you have ${available}`}
      actions={
        sold && (
          <Button variant="outline" size="sm" onClick={onBuy}>
            Buy credits
          </Button>
        )
      }
    >
      {children}
      {sold === false && " Ask whoever runs this Inkwell for more; what was answered before stays yours."}
    </Notice>
  );
}
