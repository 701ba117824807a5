import type { z } from "zod";
import type { Actor } from "@/server/lib/actor";
import type { AdminPayment, refundInput } from "@/shared/admin";
import { AppError } from "@/shared/errors";

export async function refundPurchase(_actor: Actor, _input: z.infer<typeof refundInput>): Promise<AdminPayment> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
