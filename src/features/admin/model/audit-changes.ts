import type { Change } from "./change";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Every single value in something nested, under its path: "prices.image", "packs.0.amount". */
function leavesOf(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (value === undefined) return into;
  const parts = Array.isArray(value) ? value.entries() : isRecord(value) ? Object.entries(value) : undefined;
  if (!parts) return into.set(path, inWords(value));
  for (const [name, part] of parts) leavesOf(part, path ? `${path}.${name}` : String(name), into);
  return into;
}

function inWords(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What an operator changed, value by value. */
export function auditChanges(before: unknown, after: unknown): Change[] {
  const old = leavesOf(before, "", new Map());
  const now = leavesOf(after, "", new Map());
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const change = { key, label: key || "It", before: old.get(key), after: now.get(key) };
    return change.before === change.after ? [] : [change];
  });
}
