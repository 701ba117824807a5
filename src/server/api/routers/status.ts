import { settingsKnown } from "@/server/services/settings/current-settings";
import { describeStatus } from "@/server/services/status/describe-status";
import { sandboxMode } from "@/server/services/status/sandbox-status";
import { statusPage } from "@/shared/operations";
import { notice } from "@/shared/settings";
import { statusMode } from "@/shared/status";
import { publicProcedure } from "../procedures";
import { router } from "../trpc";

export const statusRouter = router({
  /** Which parts are made up locally for want of a provider's key. */
  mode: publicProcedure.output(statusMode).query(() => ({ sandbox: sandboxMode() })),
  /** What the operator tells everybody. */
  notice: publicProcedure.output(notice).query(async () => {
    const { maintenance, registrationOpen } = await settingsKnown();
    return { maintenance: maintenance.on ? maintenance.message : null, registrationOpen };
  }),
  page: publicProcedure.output(statusPage).query(() => describeStatus()),
});
