import { tracked } from "@trpc/server";
import {
  removeConversation,
  renameConversation,
  restoreConversation,
} from "@/server/services/chat/change-conversation";
import { getConversation } from "@/server/services/chat/get-conversation";
import { listConversations, searchConversations } from "@/server/services/chat/list-conversations";
import { resumeAnswer } from "@/server/services/chat/resume-answer";
import { sendMessage } from "@/server/services/chat/send-message";
import { stopAnswer } from "@/server/services/chat/stop-answer";
import {
  conversation,
  conversationIdInput,
  conversationPage,
  conversationWithMessages,
  getConversationInput,
  listConversationsInput,
  messageIdInput,
  renameConversationInput,
  resumeInput,
  searchConversationsInput,
  sendMessageInput,
  stopOutput,
} from "@/shared/chat";
import { limitedProcedure, signedInProcedure } from "../procedures";
import { streamSignal } from "../streaming";
import { router } from "../trpc";

export const chatRouter = router({
  /** Streams the answer; the last event carries the charge and the new balance. */
  send: limitedProcedure("chat")
    .input(sendMessageInput)
    .mutation(({ ctx, input, signal }) => sendMessage(ctx.actor, input, streamSignal(signal))),
  /** The rest of an answer. Each event's id is how many characters came before and with it. */
  resume: signedInProcedure.input(resumeInput).subscription(async function* ({ ctx, input, signal }) {
    const from = Number.parseInt(input.lastEventId ?? "0", 10) || 0;
    let read = from;
    for await (const event of await resumeAnswer(ctx.actor, { ...input, from }, streamSignal(signal))) {
      if (event.type === "delta" || event.type === "snapshot") read = event.seq + event.text.length;
      yield tracked(String(read), event);
    }
  }),
  stop: signedInProcedure
    .input(messageIdInput)
    .output(stopOutput)
    .mutation(({ ctx, input }) => stopAnswer(ctx.actor, input.messageId)),
  list: signedInProcedure
    .input(listConversationsInput)
    .output(conversationPage)
    .query(({ ctx, input }) => listConversations(ctx.user.id, input)),
  search: signedInProcedure
    .input(searchConversationsInput)
    .output(conversationPage)
    .query(({ ctx, input }) => searchConversations(ctx.user.id, input)),
  get: signedInProcedure
    .input(getConversationInput)
    .output(conversationWithMessages)
    .query(({ ctx, input }) => getConversation(ctx.user.id, input)),
  rename: signedInProcedure
    .input(renameConversationInput)
    .output(conversation)
    .mutation(({ ctx, input }) => renameConversation(ctx.user.id, input.conversationId, input.title)),
  remove: signedInProcedure
    .input(conversationIdInput)
    .output(conversation)
    .mutation(({ ctx, input }) => removeConversation(ctx.user.id, input.conversationId)),
  restore: signedInProcedure
    .input(conversationIdInput)
    .output(conversation)
    .mutation(({ ctx, input }) => restoreConversation(ctx.user.id, input.conversationId)),
});
