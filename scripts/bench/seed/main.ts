/** Run with tsx: fills the database MONGODB_URI names with so much of everything, unless it is full already; prints whose. */
import mongoose from "mongoose";
import { z } from "zod";
import { connectDatabase, openDatabase } from "../../../src/server/db/connect";
import { fillWorld, worldOf } from "./fill-world";

const count = z.int().min(0);
const request = z
  .strictObject({
    people: count,
    users: count,
    conversations: count,
    messages: count,
    images: count,
    entries: count,
    fingerprint: z.string(),
    fresh: z.boolean(),
  })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const { fingerprint, fresh, ...sizes } = request;
await openDatabase();
const { db } = mongoose.connection;
if (!db) throw new Error("There is no database.");
const marks = db.collection<{ _id: string }>("bench");
if (fresh || !(await marks.findOne({ _id: fingerprint }))) {
  await db.dropDatabase();
  await connectDatabase();
  await fillWorld(sizes);
  await marks.insertOne({ _id: fingerprint });
}
process.stdout.write(JSON.stringify(worldOf(sizes)));
await mongoose.disconnect();
process.exit();
