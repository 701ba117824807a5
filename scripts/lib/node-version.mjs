/** Written for any Node that reads modules at all, so that an old one gets the sentence and not a syntax error. */

const WANTED = [20, 19];

/** Ends the process with a clear sentence when this Node is too old for the app. */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])) return;
  console.error(`Inkwell needs Node ${WANTED.join(".")} or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
