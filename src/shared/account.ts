import { z } from "zod";
import { PASSWORD_MIN } from "./account-limits";
import { balance } from "./common";
import { ROLES } from "./entitlements";
import { prices } from "./prices";
import { featureName } from "./settings";

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email("Write an e-mail address, like name@example.org."));
export const password = z
  .string()
  .min(PASSWORD_MIN, `Use at least ${PASSWORD_MIN} characters.`)
  .max(200, "Use at most 200 characters.");

export const registerInput = z.strictObject({ email, password, name: z.string().trim().min(1).max(80).optional() });
export const signInInput = z.object({ email, password: z.string().min(1).max(200) });

export const me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  balance,
  /** What things cost now, so that the first page can show it. */
  prices,
  /** What is switched on for them. */
  features: z.record(featureName, z.boolean()),
  limits: z.object({ chatPerMinute: z.int(), imagesPerRequest: z.int(), smart: z.boolean() }),
});
export type Me = z.infer<typeof me>;

export const updateProfileInput = z.strictObject({ name: z.string().trim().min(1, "Write a name.").max(80) });
export const changePasswordInput = z.strictObject({
  currentPassword: z.string().min(1).max(200),
  newPassword: password,
});
export const deleteAccountInput = z.strictObject({ password: z.string().min(1).max(200) });
