import { exportHistory } from "@/server/services/credits/export-history";
import { getBalance } from "@/server/services/credits/get-balance";
import { listHistory } from "@/server/services/credits/list-history";
import { listHolds } from "@/server/services/credits/list-holds";
import { pricesOf, quoteFor } from "@/server/services/credits/quote";
import { watchBalance } from "@/server/services/credits/watch-balance";
import { settingsKnown } from "@/server/services/settings/current-settings";
import { balance } from "@/shared/common";
import { historyInput, holds, ledgerPage, quote, quoteInput } from "@/shared/credits";
import { prices } from "@/shared/prices";
import { limitedProcedure, publicProcedure, signedInProcedure } from "../procedures";
import { streamSignal } from "../streaming";
import { router } from "../trpc";

export const creditsRouter = router({
  balance: signedInProcedure.output(balance).query(({ ctx }) => getBalance(ctx.user.id)),
  /** The balance now and at every change. */
  watch: signedInProcedure.subscription(({ ctx, signal }) => watchBalance(ctx.user.id, streamSignal(signal))),
  prices: publicProcedure.output(prices).query(async () => pricesOf(await settingsKnown())),
  quote: signedInProcedure
    .input(quoteInput)
    .output(quote)
    .query(({ ctx, input }) => quoteFor(ctx.user.id, input)),
  history: signedInProcedure
    .input(historyInput)
    .output(ledgerPage)
    .query(({ ctx, input }) => listHistory(ctx.user.id, input)),
  /** The whole ledger as CSV, in pieces. */
  export: limitedProcedure("export").query(({ ctx, signal }) => exportHistory(ctx.user.id, streamSignal(signal))),
  /** What running operations have set aside. */
  holds: signedInProcedure.output(holds).query(({ ctx }) => listHolds(ctx.user.id)),
});
