import type { z } from "zod";
import type { userPage, usersInput } from "@/shared/admin";
import { AppError } from "@/shared/errors";

export async function listUsers(_input: z.infer<typeof usersInput>): Promise<z.infer<typeof userPage>> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
