import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../scripts/lib/ports.mjs";

/** A real redis-server of the test's own, on a free port, with nothing kept on disk. */
export class RedisServer {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly directory: string,
  ) {}

  static async create(): Promise<RedisServer> {
    const created = new RedisServer(await freePort(), await mkdtemp(join(tmpdir(), "inkwell-redis-")));
    try {
      await created.start();
    } catch (error) {
      await created.remove();
      throw error;
    }
    return created;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const child = spawn(
      "redis-server",
      ["--port", String(this.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", this.directory],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      child.once("error", (cause) => {
        reject(
          new Error("These tests need redis-server 7 on the PATH (Debian: apt-get install redis-server).", { cause }),
        );
      });
      let said = "";
      child.once("exit", () => reject(new Error(`redis-server did not start:\n${said}`)));
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes("Ready to accept connections")) resolve();
      });
    });
  }

  stop(): Promise<void> {
    return this.end("SIGTERM");
  }

  /** Ends it without a word, also while it is paused. */
  kill(): Promise<void> {
    return this.end("SIGKILL");
  }

  /** It keeps its connections and answers nothing, like a machine that has stopped. */
  pause(): void {
    this.child?.kill("SIGSTOP");
  }

  resume(): void {
    this.child?.kill("SIGCONT");
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}
