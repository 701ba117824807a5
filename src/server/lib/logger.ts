import pino, { type Logger as PinoLogger } from "pino";
import { env } from "@/env";
import { describeError } from "./describe-error";
import { processState } from "./process-state";
import { storyStream } from "./story-lines";

export type Logger = PinoLogger;

/** Names whose values never reach a log line: secrets, and what people wrote. */
const MASKED = new Set([
  "password",
  "passwordHash",
  "token",
  "secret",
  "apiKey",
  "authorization",
  "cookie",
  "content",
  "prompt",
  "text",
]);
const DEPTH_MAX = 6;

/** The fields of a line with what is to be masked in them masked, however deep. pino's own way takes ten times as long. */
function masked(fields: object, depth = 0): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    shown[name] = MASKED.has(name) ? "[masked]" : maskedValue(value, depth);
  }
  return shown;
}

function maskedValue(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (value instanceof Error) return describeError(value);
  if (depth >= DEPTH_MAX) return "[deep]";
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, depth + 1));
  return masked(value, depth + 1);
}

const GATHER_MS = 50;
const GATHER_BYTES = 8_192;

/** Stdout, written to a few times a second instead of with every line, and at once when the process ends. */
const gatheredOutput = () =>
  processState("log-output", () => {
    const output = pino.destination({ dest: 1, sync: true, minLength: GATHER_BYTES });
    let isWaiting = false;
    const flush = () => {
      // Not `flushSync`: when nobody reads any more it would try for ever.
      if (isWaiting) output.flush();
      isWaiting = false;
    };
    setInterval(flush, GATHER_MS).unref();
    process.on("exit", flush);
    return {
      write(line: string): void {
        isWaiting = true;
        output.write(line);
      },
    };
  });

const level = env.LOG_LEVEL ?? "info";
const isFiner = level === "debug" || level === "trace";

/**
 * The one logger: JSON lines on stdout, and those of requests on their way to their stories too, whatever is printed.
 * Requests log through a child that carries their requestId.
 */
export const logger: Logger = pino(
  {
    level: isFiner ? level : "info",
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: masked },
    // Errors are described above, wherever they stand.
    serializers: { err: (described: unknown) => described },
  },
  pino.multistream([
    { level: "info", stream: storyStream },
    ...(level === "silent" ? [] : [{ level, stream: gatheredOutput() }]),
  ]),
);
