import { credits } from "./lib/format";
import { Notice } from "./ui/notice";

/** Said when there is too little to pay with. Nothing the reader has written is lost. */
export function OutOfCredits({ available, cost, kept }: { available: number; cost: number; kept: string }) {
  return (
    <Notice
      role="status"
      title={available === 0 ? "Your well is dry" : `This costs ${credits(cost)}; you have ${available}`}
    >
      {kept} Nothing was charged. Ask whoever runs this Inkwell for more; what was answered before stays yours.
    </Notice>
  );
}
