import { Agent, setGlobalDispatcher } from "undici";

/**
 * Makes every fetch of this process, those of SDKs included, give up a connection that is not there within `ms`. Without
 * it a host that swallows packets is waited for as long as a first word.
 */
export function limitConnecting(ms: number): void {
  setGlobalDispatcher(new Agent({ connect: { timeout: ms } }));
}
