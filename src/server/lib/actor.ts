import type { Role } from "@/shared/entitlements";
import type { Logger } from "./logger";

/** Who asks, and under which request: what every service of a signed-in user is given. */
export interface Actor {
  user: { id: string; role: Role };
  requestId: string;
  log: Logger;
}
