import aiSdk from "./ai-sdk.mjs";
import bareProxy from "./bare-proxy.mjs";
import direct from "./direct.mjs";
import inkwell from "./inkwell.mjs";
import { nextTrpc, pagesFloor } from "./next-floors.mjs";
import portkey from "./portkey.mjs";

export { aiSdk, bareProxy, direct, inkwell, nextTrpc, pagesFloor, portkey };

/** Everyone who can be compared. */
export const everyone = [direct, bareProxy, pagesFloor, nextTrpc, portkey, aiSdk, inkwell];
