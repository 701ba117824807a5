import type { z } from "zod";
import type { UserDetail, userConversations, userImages, userListInput } from "@/shared/admin";
import { AppError } from "@/shared/errors";

export async function getUser(_userId: string): Promise<UserDetail> {
  throw new AppError("SERVICE_UNAVAILABLE");
}

export async function listUserConversations(
  _input: z.infer<typeof userListInput>,
): Promise<z.infer<typeof userConversations>> {
  throw new AppError("SERVICE_UNAVAILABLE");
}

export async function listUserImages(_input: z.infer<typeof userListInput>): Promise<z.infer<typeof userImages>> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
