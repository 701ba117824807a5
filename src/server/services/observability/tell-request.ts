import { AppError } from "@/shared/errors";
import type { RequestStory } from "@/shared/operations";

export async function tellRequest(_requestId: string): Promise<RequestStory> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
