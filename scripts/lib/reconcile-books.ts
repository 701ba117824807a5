/** Run with tsx: reconciles the books of the database the environment names, and exits with 1 when they are wrong. */
import mongoose from "mongoose";
import { connectDatabase } from "../../src/server/db/connect";
import { reconcile } from "../../src/server/services/credits/reconcile";

await connectDatabase();
const { accounts, entries, purchases, capturesCompared, problems, ms } = await reconcile();
await mongoose.disconnect();

const paypal = capturesCompared === null ? "PayPal was not asked" : `${capturesCompared} payments compared with PayPal`;
console.log(`${accounts} accounts, ${entries} ledger entries, ${purchases} purchases; ${paypal} (${ms} ms)`);
for (const { subject, problem } of problems) console.log(`  ${subject}  ${problem}`);
console.log(problems.length === 0 ? "The books are right." : `${problems.length} problems.`);
// Connections to providers would keep the process for a while.
process.exit(problems.length === 0 ? 0 : 1);
