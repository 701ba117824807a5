import { SettingsVersion } from "@models";
import { newRequestId } from "@/server/lib/ids";
import type { FindingId } from "@/server/services/doctor/findings";
import { defaultSettings } from "@/server/services/settings/default-settings";
import type { Settings } from "@/shared/settings";
import type { RedisServer } from "../redis-server";
import type { Variables } from "./ward";

/** What a broken set-up may use. */
export interface Ward {
  redis: RedisServer;
  /** A directory of its own. */
  directory: string;
  /** Puts right again what the set-up broke for others, too. */
  afterwards(mend: () => Promise<unknown>): void;
}

/** One way to break an instance, and what the doctor has to say of it. */
export interface SetUp {
  name: string;
  /** Its variables; without them everything is real and well. */
  set?(ward: Ward): Variables;
  breakIt?(ward: Ward): unknown;
  /** Whether people are served meanwhile. */
  running?: boolean;
  checkMs?: number;
  finds: FindingId;
  about: string | RegExp;
  fix: string | RegExp;
}

/** Settings as an operator saved them. */
export async function saved(changes: Partial<Settings>): Promise<void> {
  const values = { ...defaultSettings(), ...changes };
  await SettingsVersion.create({
    _id: 1,
    values,
    changedBy: "somebody",
    note: "",
    requestId: newRequestId(),
    at: new Date(),
  });
}
