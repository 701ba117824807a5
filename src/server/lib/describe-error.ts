import pino from "pino";

/** An error as a log line has it. */
export interface DescribedError {
  type: string;
  message: string;
  /** Ours, the database's or the network's. */
  code?: string | number;
  /** What a provider's failure was. */
  failure?: unknown;
  /** With those of its causes. */
  stack?: string;
}

/**
 * Named fields only: errors carry requests, documents and replies with them. A parser quotes what it could not read, so
 * its words are left out.
 */
export function describeError(error: Error): DescribedError {
  const code = "code" in error ? error.code : undefined;
  const failure = "failure" in error ? error.failure : undefined;
  const quotes = error instanceof SyntaxError;
  return {
    type: error.name,
    message: quotes ? "It could not be read." : error.message,
    ...((typeof code === "string" || typeof code === "number") && { code }),
    ...(failure !== undefined && { failure }),
    ...(!quotes && { stack: pino.stdSerializers.err(error).stack }),
  };
}
