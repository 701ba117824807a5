import type { RequestEventDoc } from "@models";
import { z } from "zod";
import { newId } from "@/server/lib/ids";
import { processState } from "@/server/lib/process-state";

const line = z.looseObject({
  level: z.number(),
  time: z.coerce.date(),
  requestId: z.string(),
  userId: z.string().optional(),
  msg: z.string().default(""),
  err: z.looseObject({}).optional(),
});

const WARN = 40;
const ERROR = 50;

/** A log line as a story keeps it. An error keeps its own words; its stack stays on stdout. */
export function readLine(text: string): RequestEventDoc {
  const { level, time: at, requestId, userId, msg: event, err, ...fields } = line.parse(JSON.parse(text));
  const { stack: _, ...error } = err ?? {};
  return {
    _id: nextId(),
    requestId,
    ...(userId && { userId }),
    at,
    level: level >= ERROR ? "error" : level >= WARN ? "warn" : "info",
    event,
    fields: err ? { ...fields, err: error } : fields,
  };
}

/** Ids in the order of the lines: a millisecond may hold several. */
function nextId(): string {
  const counter = processState("story-line-ids", () => ({ last: 0 }));
  counter.last += 1;
  return `${counter.last.toString(36).padStart(9, "0")}${newId(12)}`;
}
