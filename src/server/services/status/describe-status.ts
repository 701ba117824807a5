import { AppError } from "@/shared/errors";
import type { StatusPage } from "@/shared/operations";

export async function describeStatus(): Promise<StatusPage> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
