import { join } from "node:path";
import { Account, Instance, Operation, Purchase, User, WebhookEvent } from "@models";
import { Redis } from "ioredis";
import { newRequestId } from "@/server/lib/ids";
import { person, sandbox } from "../studio";
import { type SetUp, saved } from "./set-up";
import { fresh, live } from "./ward";

const hours = (count: number) => new Date(Date.now() - count * 3_600_000);

function webhookEvent(changes: object) {
  const event = { _id: "WH-EVENT", type: "PAYMENT.CAPTURE.REFUNDED", raw: "{}", attempts: 30 };
  return { ...event, requestId: newRequestId(), receivedAt: hours(1), ...changes };
}

function purchase(changes: object) {
  return {
    _id: "P1",
    userId: "somebody",
    kind: "pack" as const,
    credits: 20,
    amount: 200,
    currency: "USD",
    sandbox: true,
    state: "CREATED" as const,
    attempts: 1,
    refunds: [],
    disputes: [],
    moves: [],
    version: 0,
    checks: 0,
    requestId: newRequestId(),
    createdAt: hours(2),
    updatedAt: hours(2),
    ...changes,
  };
}

/** Databases, disks, settings and books that are not as they should be. */
export const SERVICE_SET_UPS: SetUp[] = [
  {
    name: "a Redis that is away",
    set: () => ({ ...live(), REDIS_URL: "redis://127.0.0.1:1" }),
    finds: "redis.away",
    about: "REDIS_URL",
    fix: "Start Redis, or correct REDIS_URL",
  },
  {
    name: "a Redis that throws away what it was given",
    breakIt: async ({ redis, afterwards }) => {
      const operator = new Redis(redis.url);
      await operator.config("SET", "maxmemory-policy", "allkeys-lru");
      afterwards(async () => {
        await operator.config("SET", "maxmemory-policy", "noeviction");
        operator.disconnect();
      });
    },
    set: ({ redis }) => ({ ...live(), REDIS_URL: redis.url }),
    finds: "redis.evicts",
    about: "REDIS_URL",
    fix: "maxmemory-policy",
  },
  {
    name: "two Redis",
    set: ({ redis }) => ({
      ...fresh(),
      REDIS_URL: redis.url,
      UPSTASH_REDIS_REST_URL: `${sandbox().url}/nothing`,
      UPSTASH_REDIS_REST_TOKEN: "a token",
    }),
    finds: "env.two-redis",
    about: "REDIS_URL",
    fix: "Remove REDIS_URL",
  },
  {
    name: "several processes without a Redis",
    breakIt: async () => {
      const lives = { startedAt: hours(1), seenAt: new Date(), memoryBytes: 1, running: 0, breakers: [] };
      await Instance.create([
        { _id: "one", ...lives },
        { _id: "two", ...lives },
      ]);
    },
    finds: "redis.needed",
    about: "REDIS_URL",
    fix: "Set REDIS_URL",
  },
  {
    name: "an index that is gone",
    breakIt: async ({ afterwards }) => {
      await person();
      await User.collection.dropIndex("email_1");
      afterwards(() => User.createIndexes());
    },
    finds: "index.missing",
    about: /users/,
    fix: "Restart the app",
  },
  {
    name: "an index that lets pass what must be there once",
    breakIt: async ({ afterwards }) => {
      await Purchase.insertOne(purchase({}));
      await Purchase.collection.dropIndex("captureId_1");
      await Purchase.collection.createIndex({ captureId: 1 });
      afterwards(async () => {
        await Purchase.collection.dropIndex("captureId_1");
        await Purchase.createIndexes();
      });
    },
    finds: "index.missing",
    about: /purchases/,
    fix: "db.purchases.dropIndex",
  },
  {
    name: "a data directory that is gone",
    set: ({ directory }) => ({ ...fresh(), DATA_DIR: join(directory, "gone") }),
    finds: "disk.unwritable",
    about: "DATA_DIR",
    fix: "DATA_DIR",
  },
  {
    name: "images for nothing",
    set: () => ({ ...fresh(), PRICE_IMAGE: "0" }),
    finds: "settings.free",
    about: "PRICE_IMAGE",
    fix: "PRICE_IMAGE",
  },
  {
    name: "a maintenance banner left on",
    breakIt: () => saved({ maintenance: { on: true, message: "Back at noon" } }),
    finds: "settings.maintenance",
    about: "maintenance",
    fix: "banner off",
  },
  {
    name: "credits held by a worker that is long gone",
    breakIt: async () => {
      const { user } = await person();
      await Operation.create({
        _id: `${user.id}:key`,
        op: "op",
        userId: user.id,
        requestHash: "hash",
        kind: "chat",
        amount: 1,
        holdBy: hours(2),
        leaseUntil: hours(2),
        owner: "gone",
        state: "HELD",
        settled: false,
        result: {},
        requestId: newRequestId(),
        createdAt: hours(2),
      });
    },
    finds: "work.overdue",
    about: "the sweep",
    fix: "Start the app",
  },
  {
    name: "a message of PayPal's that was given up",
    breakIt: () => WebhookEvent.create(webhookEvent({ state: "FAILED" })),
    finds: "webhook.failed",
    about: "PayPal's messages",
    fix: "npm run reconcile",
  },
  {
    name: "a message of PayPal's that nobody acts on",
    breakIt: () => WebhookEvent.create(webhookEvent({ state: "RECEIVED", checkAt: hours(1) })),
    finds: "webhook.waiting",
    about: "the sweep",
    fix: "Start the app",
  },
  {
    name: "money taken and no credits given",
    breakIt: () => Purchase.insertOne(purchase({ state: "DENIED", problem: "PayPal took 5.00, not 2.00" })),
    finds: "purchase.problem",
    about: "purchase P1",
    fix: "refund",
  },
  {
    name: "a purchase nobody asks after",
    breakIt: () => Purchase.insertOne(purchase({ state: "CAPTURED", checkAt: hours(1) })),
    finds: "purchase.waiting",
    about: "the sweep",
    fix: "Start the app",
  },
  {
    name: "an account that does not equal its ledger",
    breakIt: async () => {
      const { user } = await person();
      await Account.updateOne({ _id: user.id }, { $inc: { available: 5 } });
    },
    finds: "books.wrong",
    about: /^account /,
    fix: "npm run reconcile",
  },
];
