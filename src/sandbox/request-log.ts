import type { SandboxProvider } from "./faults";

/** One request that reached the sandbox, kept so that tests can ask what arrived and how it ended. */
export interface LoggedRequest {
  id: number;
  provider: SandboxProvider;
  method: string;
  /** Path and query without the provider's prefix. */
  path: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** The parsed JSON; of a form its fields, with `file` as its size in bytes. */
  body: unknown;
  /** What PayPal-Request-Id said: the caller's name for the one thing it wants done. */
  requestId?: string;
  /** HTTP status sent, once there was one. */
  status?: number;
  /** The whole reply was handed over. */
  completed: boolean;
  /** The caller hung up before that. */
  closedByClient: boolean;
}

/** Older entries are forgotten, so that a sandbox running for weeks does not grow. */
const KEPT = 200;

export class RequestLog {
  private entries: LoggedRequest[] = [];
  private readonly open = new Set<LoggedRequest>();
  private count = 0;

  add(request: Pick<LoggedRequest, "provider" | "method" | "path">): LoggedRequest {
    this.count += 1;
    const entry: LoggedRequest = {
      id: this.count,
      ...request,
      at: Date.now(),
      body: undefined,
      completed: false,
      closedByClient: false,
    };
    this.entries.push(entry);
    this.open.add(entry);
    if (this.entries.length > KEPT) this.entries.shift();
    return entry;
  }

  /** Notes that a request is over, however it ended. */
  end(entry: LoggedRequest): void {
    this.open.delete(entry);
  }

  /** Copies of those that are not over, however old, oldest first. */
  listOpen(): LoggedRequest[] {
    return [...this.open].map((entry) => ({ ...entry }));
  }

  /** Copies, oldest first. */
  list(provider?: SandboxProvider): LoggedRequest[] {
    return this.entries
      .filter((entry) => provider === undefined || entry.provider === provider)
      .map((entry) => ({ ...entry }));
  }

  clear(): void {
    this.entries = [];
  }
}
