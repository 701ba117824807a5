import { cancelSubscription } from "@/server/services/payments/cancel-subscription";
import { captureOrder } from "@/server/services/payments/capture-order";
import { createOrder } from "@/server/services/payments/create-order";
import { confirmSubscription, getSubscription } from "@/server/services/payments/get-subscription";
import { getReceipt, listPurchases } from "@/server/services/payments/list-purchases";
import { describeShop } from "@/server/services/payments/packs";
import { subscribe } from "@/server/services/payments/subscribe";
import {
  captureOrderInput,
  captureOrderOutput,
  createOrderInput,
  createOrderOutput,
  currentSubscription,
  purchaseHistoryInput,
  purchaseIdInput,
  purchasePage,
  receipt,
  shop,
  subscribeInput,
  subscribeOutput,
  subscription,
  subscriptionIdInput,
} from "@/shared/payments";
import { limitedProcedure, publicProcedure, signedInProcedure } from "../procedures";
import { router } from "../trpc";

export const paymentsRouter = router({
  /** What is sold here and how; null when nothing is. */
  packs: publicProcedure.output(shop).query(async ({ ctx }) => describeShop((await ctx.session())?.id)),
  /** An order for a pack, at the server's price. */
  createOrder: limitedProcedure("payment")
    .input(createOrderInput)
    .output(createOrderOutput)
    .mutation(({ ctx, input }) => createOrder(ctx.actor, input)),
  /** Takes the money the buyer agreed to at PayPal and grants the credits; once, however often it is called. */
  captureOrder: limitedProcedure("payment")
    .input(captureOrderInput)
    .output(captureOrderOutput)
    .mutation(({ ctx, input }) => captureOrder(ctx.actor, input)),
  history: signedInProcedure
    .input(purchaseHistoryInput)
    .output(purchasePage)
    .query(({ ctx, input }) => listPurchases(ctx.user.id, input)),
  purchase: signedInProcedure
    .input(purchaseIdInput)
    .output(receipt)
    .query(({ ctx, input }) => getReceipt(ctx.user.id, input.purchaseId)),
  subscription: signedInProcedure.output(currentSubscription).query(({ ctx }) => getSubscription(ctx.user.id)),
  subscribe: limitedProcedure("payment")
    .input(subscribeInput)
    .output(subscribeOutput)
    .mutation(({ ctx, input }) => subscribe(ctx.actor, input)),
  /** Looks at PayPal whether the subscriber agreed and paid. */
  confirmSubscription: limitedProcedure("payment")
    .input(subscriptionIdInput)
    .output(subscription)
    .mutation(({ ctx, input }) => confirmSubscription(ctx.actor, input.subscriptionId)),
  cancelSubscription: limitedProcedure("payment")
    .output(subscription)
    .mutation(({ ctx }) => cancelSubscription(ctx.actor)),
});
