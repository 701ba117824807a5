import pino, { type Logger as PinoLogger } from "pino";
import { env } from "@/env";

export type Logger = PinoLogger;

/** Names whose values never reach a log line: secrets, and what people wrote. */
const MASKED = [
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
];

/** The one logger: JSON lines on stdout. Requests log through a child that carries their requestId. */
export const logger: Logger = pino({
  level: env.LOG_LEVEL ?? "info",
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: MASKED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[masked]" },
  serializers: { err: pino.stdSerializers.err },
});
