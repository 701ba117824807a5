import type { z } from "zod";
import type { adminPaymentPage, adminPaymentsInput } from "@/shared/admin";
import { AppError } from "@/shared/errors";

export async function listPayments(
  _input: z.infer<typeof adminPaymentsInput>,
): Promise<z.infer<typeof adminPaymentPage>> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
