import { AppError } from "@/shared/errors";
import type { Checklist } from "@/shared/operations";

export async function firstSteps(): Promise<Checklist> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
