import mongoose from "mongoose";

/** True for a write refused because its key is taken. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000;
}

/** True when of many documents inserted at once only those were refused that are there already. */
export function onlyDuplicates(error: unknown): boolean {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return false;
  const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  return failures.length > 0 && failures.every((failure) => failure.code === 11000);
}

/** True when the database could not be reached or went away in the middle. */
export function isDatabaseAway(error: unknown): boolean {
  return (
    error instanceof mongoose.Error.MongooseServerSelectionError ||
    error instanceof mongoose.mongo.MongoServerSelectionError ||
    error instanceof mongoose.mongo.MongoNetworkError ||
    error instanceof mongoose.mongo.MongoNotConnectedError ||
    error instanceof mongoose.mongo.MongoOperationTimeoutError ||
    // Waited in vain for a connection. The driver does not export its class.
    (error instanceof mongoose.mongo.MongoDriverError && error.name === "MongoWaitQueueTimeoutError") ||
    isBrokenWrite(error)
  );
}

/** What the driver hands on as it is when a connection breaks in the moment it writes to it. */
function isBrokenWrite(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && error.syscall === "write";
}
