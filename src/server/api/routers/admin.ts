import { adjustCredits } from "@/server/services/credits/adjust-credits";
import { reconcile } from "@/server/services/credits/reconcile";
import { balance } from "@/shared/common";
import { adjustCreditsInput, reconciliation } from "@/shared/credits";
import { adminProcedure } from "../procedures";
import { router } from "../trpc";

export const adminRouter = router({
  /** Gives or takes credits, with a reason its owner reads. */
  adjustCredits: adminProcedure
    .input(adjustCreditsInput)
    .output(balance)
    .mutation(({ ctx, input }) => adjustCredits(ctx.actor, input)),
  /** Whether the books are right, and where they are not. */
  reconcile: adminProcedure.output(reconciliation).query(() => reconcile()),
});
