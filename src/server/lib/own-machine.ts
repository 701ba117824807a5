/** Names of the machine itself, to which nobody outside can send anything. */
const OWN_MACHINE = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/;

/** True when only this machine can open the address. */
export function isOwnMachine(address: string): boolean {
  return OWN_MACHINE.test(new URL(address).hostname);
}

/** True when the world can send something there, with TLS. */
export function isPublicAddress(address: string): boolean {
  return new URL(address).protocol === "https:" && !isOwnMachine(address);
}
