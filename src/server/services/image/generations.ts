import { RunRegistry } from "@/server/services/runs/run-registry";
import { AppError } from "@/shared/errors";
import type { ImageEvent } from "@/shared/image";

/** Images while they are being made. */
export interface GenerationState {
  progress: Extract<ImageEvent, { type: "progress" }>;
  /** It takes longer than anybody should have to watch; it goes on all the same. */
  late?: boolean;
  /** The last event, once there is one. */
  end?: Extract<ImageEvent, { type: "done" | "error" }>;
}

/** The generations running in this process, by generation id. */
export const generations = new RunRegistry<GenerationState>("generations");

/** What those who follow a generation are told when its owner gave it up. */
export const canceledError = () => new AppError("CONFLICT", "You canceled this. Nothing was charged.");
