/**
 * Completes a package lock with the optional packages of other platforms.
 *
 * npm writes an optional package into the lock only when the registry it asked could serve it. A registry that mirrors
 * one platform leaves the others out, and `npm ci` then refuses the lock that `npm install` has just written. The
 * missing entries follow from what is there: the parent names the exact version, the package's name its platform.
 */

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/**
 * The `os`, `cpu` and `libc` fields that a platform package with this name carries.
 * @param {string} name for example `@next/swc-linux-x64-musl`
 */
export function platformOf(name) {
  const words = name.split("/").at(-1)?.split("-") ?? [];
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!cpu) throw new Error(`Cannot tell the platform of the optional package ${name} from its name.`);
  // A WebAssembly build runs on any system: its package names a processor only.
  if (cpu === "wasm32") return { cpu: [cpu] };
  if (!os) throw new Error(`Cannot tell the platform of the optional package ${name} from its name.`);
  const libc = os === "linux" ? libcOf(words) : undefined;
  return { os: [os], cpu: [cpu], ...(libc && { libc: [libc] }) };
}

/** @param {string[]} words */
function libcOf(words) {
  if (words.some((word) => word.startsWith("musl"))) return "musl";
  if (words.some((word) => word.startsWith("gnu") || word === "glibc")) return "glibc";
  return undefined;
}

/** Where Node would look for `name` from the package at `path`: nearest folder first. */
function* placesFor(path, name) {
  let parent = path;
  while (parent) {
    yield `${parent}/node_modules/${name}`;
    const cut = parent.lastIndexOf("/node_modules/");
    parent = cut === -1 ? "" : parent.slice(0, cut);
  }
  yield `node_modules/${name}`;
}

/** npm writes an entry's fields in alphabetical order; keeping to it spares the next `npm install` a rewrite. */
function inOrder(fields) {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Returns a copy of the lock with every missing optional package, and the names that were added.
 * @param {{ packages: Record<string, any> }} lock
 */
export function completeLock(lock) {
  const packages = { ...lock.packages };
  const added = [];
  for (const [path, parent] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      if ([...placesFor(path, name)].some((place) => packages[place]?.version === version)) continue;
      if (!/^\d+\.\d+\.\d+/.test(version)) {
        if ([...placesFor(path, name)].some((place) => packages[place])) continue;
        throw new Error(`${path} wants ${name} ${version}: only exact versions can be completed.`);
      }
      const place = packages[`node_modules/${name}`] ? `${path}/node_modules/${name}` : `node_modules/${name}`;
      const { dev, devOptional, peer } = parent;
      packages[place] = { version, ...inOrder({ ...platformOf(name), dev, devOptional, peer, optional: true }) };
      added.push(`${name}@${version}`);
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added };
}

/** Every registry address found in the lock; a portable lock has none. */
export function registryAddresses(lock) {
  return Object.values(lock.packages)
    .map((entry) => entry.resolved)
    .filter((resolved) => typeof resolved === "string" && /^https?:/.test(resolved));
}
