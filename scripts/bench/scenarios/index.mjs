import cacheHit from "./cache-hit.mjs";
import chatStream from "./chat-stream.mjs";
import streams from "./streams.mjs";

/** All there are, in the order they run. */
export const scenarios = [chatStream, cacheHit, streams];
