import { shortHash } from "../../src/server/lib/ids";
import type { Visitor } from "../fixtures/visitors";
import type { Reading } from "./reading";

/** What an app said about one request: that it failed, and in what words. */
export interface Refusal {
  code: string;
  words: string;
}

/** One thing a user asked for under one key, and everything they were told about it. */
export interface Use {
  kind: "chat" | "image";
  visitor: Visitor;
  idempotencyKey: string;
  operationId: string;
  /** The id of the answer, or of the generation. */
  targetId: string;
  /** Each time the answer was followed. */
  readings: Reading[];
  /** What images were said to cost, each time it was said. */
  imageCharges: number[];
  /** How requests with this key ended that failed. */
  refusals: Refusal[];
  /** How often the key was sent: what is said of one request holds for the use only when it was the only one. */
  sent: number;
}

/** A use that nothing was asked for yet. */
export function newUse(kind: Use["kind"], visitor: Visitor, idempotencyKey: string): Use {
  const operationId = `${visitor.userId}:${idempotencyKey}`;
  const targetId = `${kind === "chat" ? "m" : "g"}_${shortHash(operationId)}`;
  const told = { readings: [], imageCharges: [], refusals: [], sent: 0 };
  return { kind, visitor, idempotencyKey, operationId, targetId, ...told };
}
