import { type LedgerEntryDoc, Purchase } from "@models";
import type { BookProblem } from "@/shared/credits";
import { movementIds } from "./movement-ids";

/** Those of some grants and refunds that no purchase knows of: made twice, or for nothing that was bought. */
export async function strayCredits(
  movements: Pick<LedgerEntryDoc, "_id" | "userId" | "ref">[],
): Promise<BookProblem[]> {
  const ids = movements.map(({ ref }) => ref);
  const purchases = await Purchase.find({ _id: { $in: ids } }, { captureId: 1, moves: 1 }).lean();
  const known = new Set(purchases.flatMap(movementIds));
  return movements
    .filter(({ _id }) => !known.has(_id))
    .map(({ _id, userId: subject }) => ({
      kind: "user",
      subject,
      problem: `no purchase knows of the movement ${_id}`,
    }));
}
