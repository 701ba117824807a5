import { breakConnection } from "./apply-fault";
import { type Exchange, pause, untilClosed } from "./exchange";
import type { FaultKind } from "./faults";

/** How one provider writes its stream; every string is a complete event. */
export interface StreamWire {
  delta(text: string): string;
  /** Finish marker, usage and whatever else closes a good answer. */
  finish(): string[];
  /** The provider's way to report an error inside a stream it began. */
  errorEvent(): string;
  /** An event that cannot be parsed. */
  badChunk(): string;
  /** A refusal for safety, when `delivered` pieces of text are out already. */
  blocked(delivered: number): string[];
}

/** A fault that was meant for the whole request, but is to strike after some text, becomes its counterpart. */
const IN_STREAM: Partial<Record<FaultKind, FaultKind>> = {
  status: "error-event",
  hang: "stall",
  "headers-then-hang": "stall",
  reset: "cut-reset",
  malformed: "bad-chunk",
};

/** A reset overtakes data the caller has not read yet, so the last pieces get a moment to arrive. */
const BEFORE_RESET_MS = 40;

/** Streams `pieces` as server-sent events at the sandbox's pace, with the exchange's fault where it belongs. */
export async function streamAnswer(
  exchange: Exchange,
  pieces: string[],
  wire: StreamWire,
  tokensPerPiece: number,
): Promise<void> {
  const { res, closed, fault, pace } = exchange;
  const strike = fault && (IN_STREAM[fault.kind] ?? fault.kind);
  const strikeAt = fault?.afterDeltas ?? 0;
  const usual = pace.msPerToken * tokensPerPiece;
  let slow = false;
  // Read anew for each piece: it may be told to hurry.
  const gap = () => (slow ? (fault?.delayMs ?? 1_000) : usual);

  res.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
    connection: "keep-alive",
  });
  res.flushHeaders();
  await pause(pace.firstTokenMs, closed);

  // One step more than there are pieces: a fault set beyond the end still strikes, before the finish marker.
  for (let delivered = 0; delivered <= pieces.length && !closed.aborted; delivered += 1) {
    const piece = pieces[delivered];
    if (strike && delivered === Math.min(strikeAt, pieces.length)) {
      switch (strike) {
        case "slow":
          slow = true;
          break;
        case "delay":
          await pause(fault.delayMs ?? 1_000, closed);
          break;
        case "stall":
          return untilClosed(closed);
        case "cut-reset":
          await pause(BEFORE_RESET_MS, closed);
          return breakConnection(exchange);
        case "cut-end":
          res.end();
          return;
        case "bad-chunk":
          res.write(wire.badChunk());
          break;
        case "html":
          res.end("<html><body><h1>Bad gateway</h1></body></html>\n");
          return;
        case "error-event":
          res.end(wire.errorEvent());
          return;
        case "blocked":
          res.end(wire.blocked(delivered).join(""));
          return;
        case "comments-only":
          while (!closed.aborted) {
            res.write(": keep-alive\n\n");
            await pause(Math.max(10, fault.delayMs ?? 100), closed);
          }
          return;
      }
    }
    if (piece === undefined) break;
    if (delivered > 0 || strike === "slow") await pause(gap(), closed);
    if (!closed.aborted && !res.write(wire.delta(piece))) await drained(exchange);
  }
  if (!closed.aborted) res.end(wire.finish().join(""));
}

function drained({ res, closed }: Exchange): Promise<void> {
  return Promise.race([new Promise<void>((resolve) => res.once("drain", resolve)), untilClosed(closed)]);
}
