import mongoose from "mongoose";
import { expect, test } from "vitest";
import { isDatabaseAway } from "./mongo-errors";

class MongoWaitQueueTimeoutError extends mongoose.mongo.MongoDriverError {
  override get name() {
    return "MongoWaitQueueTimeoutError";
  }
}

test.each([
  ["no connection to be had", new MongoWaitQueueTimeoutError("Timed out while checking out a connection")],
  ["a connection that broke", new mongoose.mongo.MongoNetworkError("connection closed")],
  ["a write to one that broke", Object.assign(new Error("write ECONNRESET"), { syscall: "write", code: "ECONNRESET" })],
])("%s means that the database is away", (_, error) => expect(isDatabaseAway(error)).toBe(true));

test.each([
  ["a driver used wrongly", new mongoose.mongo.MongoDriverError("misused")],
  ["what the database refuses", new mongoose.mongo.MongoServerError({ message: "refused", code: 11000 })],
  ["anything else", new TypeError("undefined is not a function")],
])("%s does not", (_, error) => expect(isDatabaseAway(error)).toBe(false));
