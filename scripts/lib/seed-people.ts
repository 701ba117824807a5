/** Run with tsx: fills the database the environment names with demo data, as the JSON of its argument says. */
import mongoose from "mongoose";
import { z } from "zod";
import { connectDatabase } from "../../src/server/db/connect";
import { seedInstance } from "../../src/server/services/seed/seed-instance";
import { AppError } from "../../src/shared/errors";

const options = z
  .strictObject({ seed: z.int(), people: z.int(), days: z.int(), add: z.boolean() })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const startedAt = performance.now();
const seconds = () => `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`;
try {
  await connectDatabase();
  const say = (step: string) => console.log(`${seconds().padStart(5)}  ${step}`);
  const { operator, ...made } = await seedInstance({ ...options, say });
  const { people, uses, images, purchases, entries } = made;
  console.log(
    `\n${people} people, ${uses} questions and pictures asked for, ${images} images, ${purchases} purchases and ${entries} ledger entries in ${seconds()}.`,
  );
  if (operator) {
    console.log(`\nAdministrator  ${operator.email}\nPassword       ${operator.password}  (shown only now)`);
  }
  process.exitCode = 0;
} catch (error) {
  console.error(error instanceof AppError ? `\n${error.message}` : error);
  process.exitCode = 1;
}
await mongoose.disconnect();
// Connections to providers would keep the process for a while.
process.exit();
