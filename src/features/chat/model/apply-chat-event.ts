import type { ChatEvent, ChatMessage } from "@/shared/chat";

/** An answer after `event`. Text that was seen already, or again, lands where it belongs. */
export function applyChatEvent(answer: ChatMessage, event: ChatEvent): ChatMessage {
  switch (event.type) {
    case "start":
      return { ...answer, id: event.messageId, conversationId: event.conversationId, requestId: event.requestId };
    case "provider":
      return {
        ...answer,
        provider: event.provider,
        model: event.model,
        fallback: event.fallback,
        sandbox: event.sandbox,
      };
    case "delta":
    case "snapshot":
      return { ...answer, content: answer.content.slice(0, event.seq) + event.text };
    case "done":
      return event.message;
    case "error":
      return {
        ...answer,
        status: event.partial ? "interrupted" : "failed",
        errorCode: event.code,
        requestId: event.requestId,
        charged: 0,
      };
  }
}

/** Whether nothing comes after this event. */
export const isLast = (event: ChatEvent) => event.type === "done" || event.type === "error";
