import cacheHit from "./cache-hit.mjs";
import chatStream from "./chat-stream.mjs";
import deadlines from "./deadlines.mjs";
import failover from "./failover.mjs";
import frontEnd from "./front-end.mjs";
import { conversations, galleries, ledgers, users } from "./growth.mjs";
import images from "./images.mjs";
import lighthouse from "./lighthouse.mjs";
import memory from "./memory.mjs";
import soak from "./soak.mjs";
import streams from "./streams.mjs";
import twoInstances from "./two-instances.mjs";

/** All there are, in the order they run. */
export const scenarios = [
  chatStream,
  cacheHit,
  streams,
  failover,
  deadlines,
  memory,
  images,
  twoInstances,
  conversations,
  galleries,
  users,
  ledgers,
  frontEnd,
  lighthouse,
  soak,
];
