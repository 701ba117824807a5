import { RedisServer } from "../../tests/redis-server";
import { DatabaseServer } from "../fixtures/database-server";
import { FaultyWire } from "../fixtures/faulty-wire";
import { Instance } from "../fixtures/instance";
import { SandboxDesk } from "./sandbox-desk";

/** One app and its ways to the others. */
export interface Site {
  name: "A" | "B";
  instance: Instance;
  /** The process that serves there, unless it ended without being told to. */
  pid: number;
  database: FaultyWire;
  redis: FaultyWire;
}

/** Leases, sweeps and deadlines that fit into the pauses between faults. */
const SETTINGS: Record<string, string> = {
  SIGN_UP_BONUS: "30",
  LEASE_MS: "3000",
  LEASE_HEARTBEAT_MS: "700",
  SWEEP_MS: "700",
  HOLD_WITHIN_MS: "10000",
  CHAT_CHECKPOINT_MS: "500",
  CHAT_FIRST_CONTENT_MS: "6000",
  CHAT_GEMINI_FIRST_CONTENT_MS: "2500",
  CHAT_OPENAI_FIRST_CONTENT_MS: "2500",
  CHAT_IDLE_MS: "2500",
  CHAT_TOTAL_MS: "15000",
  BREAKER_REST_MS: "1500",
  BREAKER_REST_MAX_MS: "4000",
  IMAGE_TOTAL_MS: "6000",
  IMAGE_LATE_MS: "20000",
  IMAGE_POLL_MS: "250",
  IMAGE_LATE_POLL_MS: "500",
  IMAGE_LOOK_MS: "2000",
  IMAGE_STORE_MS: "4000",
  IMAGE_STORE_RETRY_MS: "300",
  IMAGE_STORE_RETRY_MAX_MS: "2000",
  PAYPAL_TIMEOUT_MS: "2500",
  PURCHASE_RECHECK_MS: "1500",
  PURCHASE_OPEN_RECHECK_MS: "3000",
  PURCHASE_ABANDON_MS: "15000",
  DATABASE_TIMEOUT_MS: "5000",
  DRAIN_MS: "5000",
};

/** Two apps that share a database, a Redis and the providers, each reaching the first two over wires of its own. */
export class Stage {
  readonly database: DatabaseServer;
  readonly redis: RedisServer;
  readonly a: Site;
  readonly b: Site;
  readonly sandbox: SandboxDesk;
  readonly #endings: (() => Promise<unknown>)[];

  private constructor(parts: Pick<Stage, "database" | "redis" | "a" | "b">, endings: (() => Promise<unknown>)[]) {
    this.database = parts.database;
    this.redis = parts.redis;
    this.a = parts.a;
    this.b = parts.b;
    this.sandbox = new SandboxDesk(parts.a.instance.sandboxAddress);
    this.#endings = endings;
  }

  static async set(): Promise<Stage> {
    const endings: (() => Promise<unknown>)[] = [];
    try {
      const database = await DatabaseServer.start();
      endings.push(() => database.stop());
      const redis = await RedisServer.create();
      endings.push(() => redis.remove());
      const site = async (name: Site["name"], start: (addresses: Record<string, string>) => Promise<Instance>) => {
        const wires = { database: await FaultyWire.to(database.address), redis: await FaultyWire.to(redis.url) };
        endings.push(() => Promise.all([wires.database.close(), wires.redis.close()]));
        const addresses = { E2E_MONGODB_URI: wires.database.address, E2E_REDIS_URL: wires.redis.address };
        const instance = await start(addresses);
        endings.push(() => instance.dispose());
        return { name, instance, pid: instance.appPid, ...wires };
      };
      const a = await site("A", (addresses) => Instance.start({ ...SETTINGS, ...addresses }));
      const b = await site("B", (addresses) => a.instance.startSecond(addresses));
      const stage = new Stage({ database, redis, a, b }, endings);
      await stage.sandbox.setPace({ msPerToken: 12, firstTokenMs: 60, imageMs: 600 });
      return stage;
    } catch (error) {
      await endAll(endings);
      throw error;
    }
  }

  /** The other app. */
  other(site: Site): Site {
    return site === this.a ? this.b : this.a;
  }

  async strike(): Promise<void> {
    await endAll(this.#endings);
  }
}

/** What was started last goes first: an app needs its database to end in good order. */
async function endAll(endings: (() => Promise<unknown>)[]): Promise<void> {
  for (const end of endings.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      console.error(error);
    }
  }
}
