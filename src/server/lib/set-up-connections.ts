import { Agent, setGlobalDispatcher } from "undici";

/** Between two questions people think; a provider may close a connection sooner, and says so. */
const KEEP_MS = 60_000;

/**
 * Makes every fetch of this process, those of SDKs included, keep its connection for the next one, and give up one that
 * is not there within `connectMs`: a host that swallows packets would be waited for as long as a first word.
 */
export function setUpConnections(connectMs: number): void {
  setGlobalDispatcher(new Agent({ connect: { timeout: connectMs }, keepAliveTimeout: KEEP_MS }));
}
