import type { z } from "zod";
import type { Actor } from "@/server/lib/actor";
import type { deleteUserInput, setRoleInput, setStatusInput, signOutUserInput } from "@/shared/admin";
import { AppError } from "@/shared/errors";

export async function setRole(_actor: Actor, _input: z.infer<typeof setRoleInput>): Promise<{ ok: true }> {
  throw new AppError("SERVICE_UNAVAILABLE");
}

export async function setStatus(_actor: Actor, _input: z.infer<typeof setStatusInput>): Promise<{ ok: true }> {
  throw new AppError("SERVICE_UNAVAILABLE");
}

export async function signOutUser(_actor: Actor, _input: z.infer<typeof signOutUserInput>): Promise<{ ok: true }> {
  throw new AppError("SERVICE_UNAVAILABLE");
}

export async function deleteUser(_actor: Actor, _input: z.infer<typeof deleteUserInput>): Promise<{ ok: true }> {
  throw new AppError("SERVICE_UNAVAILABLE");
}
