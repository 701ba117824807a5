import mongoose from "mongoose";
import { afterAll, beforeEach } from "vitest";
import { processState } from "../src/server/lib/process-state";
import { createWorld, type World } from "./world";

declare global {
  var inkwellWorld: World | undefined;
}

const world = await createWorld();
globalThis.inkwellWorld = world;

Object.assign(process.env, {
  LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
  NEXTAUTH_SECRET: "a secret for tests that is long enough",
  NEXTAUTH_URL: "http://localhost:3000",
  MONGODB_URI: world.mongoUri,
  SANDBOX_URL: world.sandbox.url,
  LIMIT_SCALE: "1000",
  // Deadlines are those of production, so that a busy machine fails no test; *-deadlines tests shorten them.
  CHAT_CHECKPOINT_MS: "30",
  IMAGE_POLL_MS: "20",
});

const { connectDatabase } = await import("../src/server/db/connect");
await connectDatabase();

// What one test did to a provider must not make it rest in the next.
beforeEach(() => processState("provider-guards", () => new Map()).clear());

afterAll(async () => {
  await mongoose.connection.dropDatabase();
  await mongoose.disconnect();
  await world.close();
});
