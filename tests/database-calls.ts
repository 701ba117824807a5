import mongoose from "mongoose";

/** What is asked of the database while `work` is done, as "collection method", in the order it is sent. */
export async function databaseCalls(work: () => Promise<unknown>): Promise<string[]> {
  const calls: string[] = [];
  mongoose.set("debug", (collection: string, method: string) => void calls.push(`${collection} ${method}`));
  try {
    await work();
  } finally {
    mongoose.set("debug", false);
  }
  return calls;
}
