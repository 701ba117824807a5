import { AppError } from "@/shared/errors";
import type { DoctorReport } from "@/shared/operations";

export async function examine(): Promise<DoctorReport> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
