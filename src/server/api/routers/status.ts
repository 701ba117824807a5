import { sandboxMode } from "@/server/services/status/sandbox-status";
import { statusMode } from "@/shared/status";
import { publicProcedure } from "../procedures";
import { router } from "../trpc";

export const statusRouter = router({
  /** Which parts are made up locally for want of a provider's key. */
  mode: publicProcedure.output(statusMode).query(() => ({ sandbox: sandboxMode() })),
});
