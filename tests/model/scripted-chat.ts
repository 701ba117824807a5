import type { ChatProvider } from "@/server/providers/chat-provider";
import { ProviderError } from "@/server/providers/provider-error";
import { asStep } from "./worker";

/** What becomes of a question: the first word of it says. */
export const SCRIPTS = ["answered", "broken-off", "refused", "unanswered"] as const;
export type Script = (typeof SCRIPTS)[number];

/** A model that does as the question says, in as many steps as it has pieces. It is stopped at its next step. */
export const scriptedChat: ChatProvider = {
  name: "gemini",
  sandbox: false,
  lookUpModel: async () => ({ known: true }),
  async *stream({ turns, signal }) {
    const question = turns.at(-1)?.text ?? "";
    const script = SCRIPTS.find((it) => question.startsWith(it));
    const piece = () => asStep("the model", async () => signal.throwIfAborted());
    await piece();
    if (script === "unanswered") throw new ProviderError({ provider: "gemini", kind: "status", status: 503 });
    if (script === "refused") {
      yield { type: "finish", reason: "blocked" };
      return;
    }
    yield { type: "text", text: "Half an answer" };
    await piece();
    if (script === "broken-off") throw new ProviderError({ provider: "gemini", kind: "reset" });
    yield { type: "text", text: " and its other half." };
    yield { type: "finish", reason: "stop" };
  },
};
