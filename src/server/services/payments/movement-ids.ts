import type { PurchaseDoc } from "@models";

/** The ids of all movements a purchase may have in the ledger: its grant, and what refunds and disputes did since. */
export function movementIds({ captureId, moves }: Pick<PurchaseDoc, "captureId" | "moves">): string[] {
  return [grantId(captureId), ...moves.map(moveId)];
}

export const grantId = (captureId: string | undefined) => `${captureId}:GRANT`;

export const moveId = ({ key, credits }: PurchaseDoc["moves"][number]) => `${key}:${credits < 0 ? "REFUND" : "GRANT"}`;
