/** The first version of each package in which every hole known to us is closed. */
export const floors = {
  next: "16.4.3",
  "next-auth": "4.24.15",
  mongoose: "9.9.2",
  "@trpc/server": "11.8.0",
  superjson: "1.8.0",
};

/**
 * Says for each locked package below its floor what it is and what it should be.
 * @param {{ packages: Record<string, { version?: string }> }} lock
 * @param {Record<string, string>} wanted
 */
export function tooOld(lock, wanted = floors) {
  const found = [];
  for (const [path, { version }] of Object.entries(lock.packages)) {
    const name = path.split("node_modules/").at(-1);
    if (wanted[name] && isBelow(version, wanted[name]))
      found.push(`${name} ${version}: needs ${wanted[name]} or newer`);
  }
  return found;
}

/** A pre-release counts as older than its release, so that a floor is never met by a candidate. */
function isBelow(version, floor) {
  const [release, preRelease] = version.split("-", 2);
  const have = release.split(".").map(Number);
  const need = floor.split(".").map(Number);
  const different = need.findIndex((part, place) => part !== have[place]);
  return different === -1 ? preRelease !== undefined : have[different] < need[different];
}
