import { RunRegistry } from "@/server/services/runs/run-registry";
import type { ChatEvent } from "@/shared/chat";

/** An answer while it is being written. */
export interface AnswerState {
  text: string;
  provider?: Extract<ChatEvent, { type: "provider" }>;
  /** The last event, once there is one. */
  end?: Extract<ChatEvent, { type: "done" | "error" }>;
}

/** The answers being written in this process, by message id. */
export const answers = new RunRegistry<AnswerState>("answers");
