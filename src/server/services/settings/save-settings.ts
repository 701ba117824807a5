import { SettingsVersion, User } from "@models";
import type { z } from "zod";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import type { Actor } from "@/server/lib/actor";
import { writeAudit } from "@/server/services/audit/write-audit";
import { AppError } from "@/shared/errors";
import type { Settings, saveSettingsInput, settingsHistory, SettingsVersion as View } from "@/shared/settings";
import { readSettings, toVersion } from "./current-settings";

/**
 * Makes new settings the ones in force: here at once, in every other process within `policy.settingsPollMs`. What is
 * running keeps the price it began with.
 * @throws AppError CONFLICT when somebody else saved since `version` was read.
 */
export async function saveSettings(
  actor: Actor,
  { version, values, note }: z.infer<typeof saveSettingsInput>,
): Promise<View> {
  const before = await readSettings();
  if (before.version !== version) throw newerVersion();
  try {
    await SettingsVersion.insertOne({
      _id: version + 1,
      values,
      changedBy: actor.user.id,
      note,
      requestId: actor.requestId,
      at: new Date(),
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw newerVersion();
    throw error;
  }
  const after = await readSettings();
  await writeAudit({
    id: `settings_${version + 1}`,
    actor: actor.user.id,
    action: "settings.save",
    subject: "settings",
    note: note || `Version ${version + 1}`,
    ...changedParts(before.values, values),
    requestId: actor.requestId,
  });
  return after;
}

const newerVersion = () =>
  new AppError("CONFLICT", "Somebody else changed the settings in the meantime. Look at theirs, then save again.");

/** The parts of the settings that differ, before and after. */
function changedParts(before: Settings, after: Settings): { before: Partial<Settings>; after: Partial<Settings> } {
  const differs = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(Reflect.get(before, name));
  const changed = Object.entries(after).filter(differs);
  return {
    before: Object.fromEntries(changed.map(([name]) => [name, Reflect.get(before, name)])),
    after: Object.fromEntries(changed),
  };
}

/** Earlier versions, newest first. */
export async function listSettings({
  cursor,
  limit,
}: {
  cursor?: string;
  limit: number;
}): Promise<z.infer<typeof settingsHistory>> {
  const before = cursor === undefined ? undefined : Number(cursor);
  if (before !== undefined && !Number.isSafeInteger(before)) {
    const problem = "Start again from the first page.";
    throw new AppError("VALIDATION", `cursor: ${problem}`, { fieldErrors: { cursor: [problem] } });
  }
  const rows = await SettingsVersion.find(before === undefined ? {} : { _id: { $lt: before } })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const page = rows.slice(0, limit);
  const users = await User.find({ _id: { $in: page.map(({ changedBy }) => changedBy) } }, { email: 1 }).lean();
  const emails = new Map(users.map(({ _id, email }) => [_id, email]));
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...toVersion(row), changedByEmail: emails.get(row.changedBy) })),
    nextCursor: rows.length > limit && last ? String(last._id) : undefined,
  };
}
