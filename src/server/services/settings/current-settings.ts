import { SettingsVersion, type SettingsVersionDoc } from "@models";
import { connectDatabase } from "@/server/db/connect";
import { sleep } from "@/server/lib/clock";
import { logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { processState } from "@/server/lib/process-state";
import type { Entitlements, Role } from "@/shared/entitlements";
import { type Settings, settings as settingsSchema, type SettingsVersion as View } from "@/shared/settings";
import { defaultSettings } from "./default-settings";

interface Snapshot {
  current: View;
  /** Set once the database was asked for the first time. */
  loaded: boolean;
}

const snapshot = () =>
  processState<Snapshot>("settings", () => ({ current: { version: 0, values: defaultSettings() }, loaded: false }));

/** The settings in force, as this process knows them: at most `policy.settingsPollMs` old. Reading them costs nothing. */
export const currentSettings = (): Settings => snapshot().current.values;

/** The same, with who saved them and when. */
export const currentVersion = (): View => snapshot().current;

/** What a role may do. */
export const entitlementsOf = (role: Role): Entitlements => currentSettings().limits[role];

/** Resolves once the settings were read from the database; nothing may be priced before. */
export async function settingsLoaded(): Promise<void> {
  if (!snapshot().loaded) await readSettings();
}

/** The same for pages that strangers see: while the database is away, what is known has to do. */
export async function settingsKnown(): Promise<Settings> {
  await settingsLoaded().catch((error: unknown) =>
    logger.warn({ err: error }, "settings not read; the last known hold"),
  );
  return currentSettings();
}

/** Reads the newest version, if there is a newer one than this process knows. */
export async function readSettings(): Promise<View> {
  await connectDatabase();
  const newest = await newestSettings();
  const state = snapshot();
  // A slower reader must not bring an older version back.
  if (newest && newest.version > state.current.version) state.current = newest;
  state.loaded = true;
  return state.current;
}

/** The newest version there is; undefined while nobody has saved any. For whoever has the connection already. */
export async function newestSettings(): Promise<View | undefined> {
  const newest = await SettingsVersion.findOne().sort({ _id: -1 }).lean();
  return newest ? toVersion(newest) : undefined;
}

/** Reads the settings again and again for as long as the process lives, so that a change holds without a restart. */
export async function watchSettings(): Promise<never> {
  for (;;) {
    try {
      await readSettings();
    } catch (error) {
      logger.warn({ err: error }, "settings not read; the last known hold");
    }
    await sleep(policy.settingsPollMs);
  }
}

/** A stored version as the contract has it. What a newer release added to the settings has its default. */
export function toVersion({ _id: version, values, changedBy, note, at }: SettingsVersionDoc): View {
  const stored = typeof values === "object" ? values : {};
  return { version, values: settingsSchema.parse({ ...defaultSettings(), ...stored }), changedBy, note, at };
}
