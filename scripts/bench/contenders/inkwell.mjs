import { startInkwell } from "../lib/inkwell.mjs";

/** The app as it ships: session, limits, credits, cache, failover and persistence. */
export default {
  name: "inkwell",
  start: (rig) => startInkwell(rig, { name: "inkwell" }),
};
