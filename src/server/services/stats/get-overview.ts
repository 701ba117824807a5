import type { z } from "zod";
import { AppError } from "@/shared/errors";
import type { Overview, overviewInput } from "@/shared/overview";

export async function getOverview(_input: z.infer<typeof overviewInput>): Promise<Overview> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
