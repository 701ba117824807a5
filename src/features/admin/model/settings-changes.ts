import type { Settings } from "@/shared/settings";
import type { Change } from "./change";
import { settingsInWords } from "./settings-words";

/** What differs between two versions of the settings, in words. */
export function settingsChanges(before: Settings, after: Settings, currency: string): Change[] {
  const old = settingsInWords(before, currency);
  const now = settingsInWords(after, currency);
  return [...new Map([...old, ...now])].flatMap(([key, { label }]) => {
    const change = { key, label, before: old.get(key)?.value, after: now.get(key)?.value };
    return change.before === change.after ? [] : [change];
  });
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** `theirs`, with what `mine` changed since `base`. */
function onTop<T extends object>(base: T, mine: T, theirs: T): T {
  const changed = Object.entries(mine).filter(([name, value]) => !same(value, Reflect.get(base, name)));
  return { ...theirs, ...Object.fromEntries(changed) };
}

/** My changes to `base`, made to the version somebody else made of it: where both changed the same, mine hold. */
export function mergeSettings(base: Settings, mine: Settings, theirs: Settings): Settings {
  return {
    ...onTop(base, mine, theirs),
    prices: onTop(base.prices, mine.prices, theirs.prices),
    features: onTop(base.features, mine.features, theirs.features),
    limits: {
      USER: onTop(base.limits.USER, mine.limits.USER, theirs.limits.USER),
      SUBSCRIBER: onTop(base.limits.SUBSCRIBER, mine.limits.SUBSCRIBER, theirs.limits.SUBSCRIBER),
      ADMIN: onTop(base.limits.ADMIN, mine.limits.ADMIN, theirs.limits.ADMIN),
    },
  };
}

/** What is wrong with half-written settings: the first complaint about each field, under its path, like "packs.0.amount". */
export function complaintsOf(error: {
  issues: readonly { path: PropertyKey[]; message: string }[];
}): Map<string, string> {
  const complaints = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = path.map(String).join(".");
    if (!complaints.has(field)) complaints.set(field, message);
  }
  return complaints;
}
