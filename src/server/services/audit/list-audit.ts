import type { z } from "zod";
import type { auditInput, auditPage } from "@/shared/admin";
import { AppError } from "@/shared/errors";

export async function listAudit(_input: z.infer<typeof auditInput>): Promise<z.infer<typeof auditPage>> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
