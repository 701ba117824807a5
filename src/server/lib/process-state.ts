/**
 * One value for the whole process. Next instantiates modules more than once (pages and route handlers each have their
 * own), so whatever must exist once lives on globalThis under a name.
 */
export function processState<T>(name: string, create: () => T): T {
  const key = Symbol.for(`inkwell.${name}`);
  const holder: { [key: symbol]: T | undefined } = globalThis as { [key: symbol]: T | undefined };
  const existing = holder[key];
  if (existing !== undefined) return existing;
  const created = create();
  holder[key] = created;
  return created;
}
