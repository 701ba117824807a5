import { AppError } from "@/shared/errors";
import type { ProvidersReport } from "@/shared/operations";

export async function reportProviders(): Promise<ProvidersReport> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
