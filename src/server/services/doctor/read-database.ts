import mongoose from "mongoose";
import { z } from "zod";
import { openDatabase } from "@/server/db/connect";
import { quickest } from "@/server/lib/quickest";
import { settleWithin } from "@/server/lib/settle-within";

/** A server that is silent for longer is as good as gone. */
const ANSWER_MS = 4_000;

const hello = z.object({
  isWritablePrimary: z.boolean(),
  localTime: z.date(),
  setName: z.string().optional(),
  msg: z.string().optional(),
});
const buildInfo = z.object({ version: z.string(), modules: z.array(z.string()).default([]) });

/** What a database server says of itself. */
export interface DatabaseReading {
  version: string;
  /** It is the embedded store. */
  embedded: boolean;
  writable: boolean;
  /** It keeps copies, or is a cluster: losing one machine loses nothing. */
  replicated: boolean;
  /** Its clock, and ours before and after it was asked. */
  at: Date;
  asked: [from: Date, to: Date];
  /** The quickest of a few round trips. */
  ms: number;
}

/** Asks the database about itself. Builds no index, so that the doctor sees which are there. */
export async function readDatabase(): Promise<DatabaseReading> {
  await openDatabase();
  const { db } = mongoose.connection;
  if (!db) throw new mongoose.Error("not connected");
  const { version, modules } = buildInfo.parse(await settleWithin(ANSWER_MS, db.command({ buildInfo: 1 })));
  const ms = await quickest(() => settleWithin(ANSWER_MS, db.command({ ping: 1 })));
  const from = new Date();
  const reply = hello.parse(await settleWithin(ANSWER_MS, db.command({ hello: 1 })));
  return {
    version,
    embedded: modules.includes("inkwell-embedded-store"),
    writable: reply.isWritablePrimary,
    replicated: reply.setName !== undefined || reply.msg === "isdbgrid",
    at: reply.localTime,
    asked: [from, new Date()],
    ms,
  };
}
