import bareProxy from "./bare-proxy.mjs";
import direct from "./direct.mjs";
import inkwell from "./inkwell.mjs";
import { nextTrpc, pagesFloor } from "./next-floors.mjs";

export { bareProxy, direct, inkwell, nextTrpc, pagesFloor };

/** Everyone who can be compared. */
export const everyone = [direct, bareProxy, pagesFloor, nextTrpc, inkwell];
