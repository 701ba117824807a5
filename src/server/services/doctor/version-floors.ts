/** The first version of each package in which every hole known to us is closed. */
export const floors: Readonly<Record<string, string>> = {
  next: "16.4.3",
  "next-auth": "4.24.15",
  mongoose: "9.9.2",
  "@trpc/server": "11.8.0",
  superjson: "1.8.0",
};

/** The first Node the packages run on. */
export const NODE_FLOOR = "20.19.0";

/** A lock file, or npm's own account of what it installed. */
export interface PackageList {
  packages: Record<string, { version?: string }>;
}

/** Each package of the list that is below its floor. */
export function tooOld({ packages }: PackageList, wanted = floors): { name: string; version: string; floor: string }[] {
  return Object.entries(packages).flatMap(([path, { version }]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    const floor = wanted[name];
    return version && floor && isOlder(version, floor) ? [{ name, version, floor }] : [];
  });
}

/** A pre-release counts as older than its release, so that a floor is never met by a candidate. */
export function isOlder(version: string, floor: string): boolean {
  const [release = "", preRelease] = version.split("-", 2);
  const have = release.split(".").map(Number);
  const need = floor.split(".").map(Number);
  const different = need.findIndex((part, place) => part !== have[place]);
  return different === -1 ? preRelease !== undefined : (have[different] ?? 0) < (need[different] ?? 0);
}
