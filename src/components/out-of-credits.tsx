import { credits } from "./lib/format";
import { Button } from "./ui/button";
import { Notice } from "./ui/notice";

interface OutOfCreditsProps {
  available: number;
  cost: number;
  /** What became of the reader's words. */
  kept: string;
  /** Whether this server sells credits; undefined until it is known. */
  sold: boolean | undefined;
  onBuy: () => void;
}

/** Said when there is too little to pay with, with the way out. Nothing the reader has written is lost. */
export function OutOfCredits({ available, cost, kept, sold, onBuy }: OutOfCreditsProps) {
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
      {kept} Nothing was charged.
      {sold === false && " Ask whoever runs this Inkwell for more; what was answered before stays yours."}
    </Notice>
  );
}
