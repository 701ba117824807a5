import { applyRequestFault, breakConnection } from "./apply-fault";
import { type Exchange, type StandIn, untilClosed } from "./exchange";

/**
 * Stream faults on a request that did not ask for a stream: each becomes what it would look like there.
 * Resolves to true when the request has been dealt with.
 */
export async function degradeStreamFault(exchange: Exchange, standIn: StandIn): Promise<boolean> {
  const { fault, res, closed } = exchange;
  switch (fault?.kind) {
    case "slow":
      return applyRequestFault(exchange, { ...fault, kind: "delay" }, standIn);
    case "stall":
    case "comments-only":
      await untilClosed(closed);
      return true;
    case "cut-reset":
      breakConnection(exchange);
      return true;
    case "cut-end":
    case "bad-chunk":
      return applyRequestFault(exchange, { ...fault, kind: "malformed" }, standIn);
    case "error-event":
      standIn.refuse(res, 500);
      return true;
    default:
      return false;
  }
}
