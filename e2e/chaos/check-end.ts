import { execFile } from "node:child_process";
import { bookProblems, readBooks } from "../fixtures/books";
import type { BooksReader } from "./books-reader";
import type { Journal } from "./journal";
import { provenWrong } from "./judge-use";
import type { Stage } from "./stage";
import type { Use } from "./use";

const RECONCILE = ["--import", "tsx", "scripts/lib/reconcile-books.ts"];

/** Whether everything that was promised was kept, now that nothing is under way. */
export async function checkEnd(stage: Stage, reader: BooksReader, journal: Journal, uses: Use[]): Promise<void> {
  for (const use of uses) {
    for (const problem of provenWrong(use, await reader.stored(use))) {
      journal.violate(`${use.kind} ${use.idempotencyKey} (${use.operationId}): ${problem}`);
    }
  }
  for (const [userId, books] of await readBooks(stage.database.address)) {
    for (const problem of bookProblems(books)) journal.violate(`account ${userId}: ${problem}`);
  }
  for (const problem of await wrongPurchases(stage, reader)) journal.violate(problem);
  for (const { name, instance, pid } of [stage.a, stage.b]) {
    if (instance.appPid !== pid) journal.violate(`${name} ended by itself`);
  }
  const { isRight, said } = await reconcile(stage);
  console.log(`\n${said.trim()}`);
  if (!isRight) journal.violate(`reconciling: ${said.trim()}`);
}

/** Granted if and only if PayPal took the money, once. */
async function wrongPurchases({ sandbox }: Stage, reader: BooksReader): Promise<string[]> {
  const problems: string[] = [];
  for (const { _id, userId, orderId, credits, state } of await reader.purchases()) {
    const captures = orderId ? await sandbox.captures(orderId) : [];
    const paid = captures.filter(({ status }) => status === "COMPLETED");
    const grants = (await reader.ledger(userId)).filter(({ type, ref }) => type === "GRANT" && ref === _id);
    const granted = grants.reduce((sum, { deltaAvailable, deltaOwed }) => sum + deltaAvailable - deltaOwed, 0);
    const isRight = paid.length <= 1 && grants.length === paid.length && granted === paid.length * credits;
    if (isRight && (state === "CREDITED") === (paid.length === 1)) continue;
    problems.push(
      `purchase ${_id} is ${state}: ${paid.length} payments, ${grants.length} grants of ${granted} credits`,
    );
  }
  return problems;
}

/** What `npm run reconcile` says of this database. */
function reconcile({ database, a }: Stage): Promise<{ isRight: boolean; said: string }> {
  const env = {
    ...process.env,
    LOG_LEVEL: "silent",
    MONGODB_URI: database.address,
    SANDBOX_URL: a.instance.sandboxAddress,
    NEXTAUTH_URL: a.instance.address,
    NEXTAUTH_SECRET: a.instance.sessionSecret,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, RECONCILE, { env, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ isRight: error === null, said: stdout + stderr });
    });
  });
}
