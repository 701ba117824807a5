import { hash, verify } from "@node-rs/argon2";
import { processState } from "@/server/lib/process-state";

/** argon2id with the library's parameters, which follow OWASP's password storage recommendation. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** Takes as long for an account that does not exist as for one that does, so that timing tells nothing. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const decoy = processState("password-decoy", () => hash("nobody's password"));
  const matches = await verify(passwordHash ?? (await decoy), password);
  return passwordHash !== undefined && matches;
}
