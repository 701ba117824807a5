import { deleteUser, setRole, setStatus, signOutUser } from "@/server/services/admin/change-user";
import { getUser, listUserConversations, listUserImages } from "@/server/services/admin/get-user";
import { listPayments } from "@/server/services/admin/list-payments";
import { listUsers } from "@/server/services/admin/list-users";
import { listAudit } from "@/server/services/audit/list-audit";
import { adjustCredits } from "@/server/services/credits/adjust-credits";
import { listHistory } from "@/server/services/credits/list-history";
import { reconcile } from "@/server/services/credits/reconcile";
import { examine } from "@/server/services/doctor/examine";
import { firstSteps } from "@/server/services/doctor/first-steps";
import { testProvider } from "@/server/services/doctor/test-provider";
import { reportProviders } from "@/server/services/observability/report-providers";
import { tellRequest } from "@/server/services/observability/tell-request";
import { listPurchases } from "@/server/services/payments/list-purchases";
import { refundPurchase } from "@/server/services/payments/refund-purchase";
import { describeSettings } from "@/server/services/settings/describe-settings";
import { listSettings, saveSettings } from "@/server/services/settings/save-settings";
import { getOverview } from "@/server/services/stats/get-overview";
import {
  adminPayment,
  adminPaymentPage,
  adminPaymentsInput,
  auditInput,
  auditPage,
  deleteUserInput,
  refundInput,
  setRoleInput,
  setStatusInput,
  signOutUserInput,
  userConversations,
  userDetail,
  userIdInput,
  userImages,
  userListInput,
  userPage,
  usersInput,
} from "@/shared/admin";
import { balance, okOutput } from "@/shared/common";
import { adjustCreditsInput, ledgerPage, reconciliation } from "@/shared/credits";
import {
  checklist,
  doctorReport,
  providersReport,
  requestInput,
  requestStory,
  testProviderInput,
  testProviderOutput,
} from "@/shared/operations";
import { overview, overviewInput } from "@/shared/overview";
import { purchasePage } from "@/shared/payments";
import {
  saveSettingsInput,
  settingsHistory,
  settingsHistoryInput,
  settingsInForce,
  settingsVersion,
} from "@/shared/settings";
import { adminProcedure } from "../procedures";
import { router } from "../trpc";

export const adminRouter = router({
  overview: adminProcedure
    .input(overviewInput)
    .output(overview)
    .query(({ input }) => getOverview(input)),

  users: adminProcedure
    .input(usersInput)
    .output(userPage)
    .query(({ input }) => listUsers(input)),
  user: adminProcedure
    .input(userIdInput)
    .output(userDetail)
    .query(({ input }) => getUser(input.userId)),
  userLedger: adminProcedure
    .input(userListInput)
    .output(ledgerPage)
    .query(({ input }) => listHistory(input.userId, input)),
  userPurchases: adminProcedure
    .input(userListInput)
    .output(purchasePage)
    .query(({ input }) => listPurchases(input.userId, input)),
  userConversations: adminProcedure
    .input(userListInput)
    .output(userConversations)
    .query(({ input }) => listUserConversations(input)),
  userImages: adminProcedure
    .input(userListInput)
    .output(userImages)
    .query(({ input }) => listUserImages(input)),
  setRole: adminProcedure
    .input(setRoleInput)
    .output(okOutput)
    .mutation(({ ctx, input }) => setRole(ctx.actor, input)),
  setStatus: adminProcedure
    .input(setStatusInput)
    .output(okOutput)
    .mutation(({ ctx, input }) => setStatus(ctx.actor, input)),
  signOutUser: adminProcedure
    .input(signOutUserInput)
    .output(okOutput)
    .mutation(({ ctx, input }) => signOutUser(ctx.actor, input)),
  deleteUser: adminProcedure
    .input(deleteUserInput)
    .output(okOutput)
    .mutation(({ ctx, input }) => deleteUser(ctx.actor, input)),
  /** Gives or takes credits, with a reason its owner reads. */
  adjustCredits: adminProcedure
    .input(adjustCreditsInput)
    .output(balance)
    .mutation(({ ctx, input }) => adjustCredits(ctx.actor, input)),

  payments: adminProcedure
    .input(adminPaymentsInput)
    .output(adminPaymentPage)
    .query(({ input }) => listPayments(input)),
  /** Sends money back at PayPal, and takes the credits it bought. */
  refund: adminProcedure
    .input(refundInput)
    .output(adminPayment)
    .mutation(({ ctx, input }) => refundPurchase(ctx.actor, input)),

  providers: adminProcedure.output(providersReport).query(() => reportProviders()),
  /** Makes one small call now. */
  testProvider: adminProcedure
    .input(testProviderInput)
    .output(testProviderOutput)
    .mutation(({ ctx, input }) => testProvider(ctx.actor, input)),

  settings: adminProcedure.output(settingsInForce).query(() => describeSettings()),
  saveSettings: adminProcedure
    .input(saveSettingsInput)
    .output(settingsVersion)
    .mutation(({ ctx, input }) => saveSettings(ctx.actor, input)),
  settingsHistory: adminProcedure
    .input(settingsHistoryInput)
    .output(settingsHistory)
    .query(({ input }) => listSettings(input)),

  audit: adminProcedure
    .input(auditInput)
    .output(auditPage)
    .query(({ input }) => listAudit(input)),
  /** Everything that is known of one request. */
  request: adminProcedure
    .input(requestInput)
    .output(requestStory)
    .query(({ input }) => tellRequest(input.requestId)),
  /** Whether the books are right, and where they are not. */
  reconcile: adminProcedure.output(reconciliation).query(() => reconcile()),
  doctor: adminProcedure.output(doctorReport).query(() => examine()),
  /** What a new instance still wants. */
  checklist: adminProcedure.output(checklist).query(() => firstSteps()),
});
