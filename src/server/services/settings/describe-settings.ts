import { User } from "@models";
import { env } from "@/env";
import type { SettingsInForce } from "@/shared/settings";
import { readSettings } from "./current-settings";

/** The settings in force as an operator reads them: by whom they were saved, and what their money is in. */
export async function describeSettings(): Promise<SettingsInForce> {
  const inForce = await readSettings();
  const saver = inForce.changedBy ? await User.findById(inForce.changedBy, { email: 1 }).lean() : null;
  return { ...inForce, changedByEmail: saver?.email, currency: env.CURRENCY };
}
