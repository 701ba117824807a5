import { setTimeout as sleep } from "node:timers/promises";
import { isSettled, readBooks } from "../fixtures/books";
import type { BooksReader } from "./books-reader";
import type { SandboxDesk } from "./sandbox-desk";
import type { Stage } from "./stage";

const LOOK_MS = 500;

/** Ends the reviews the apps know of. Asks PayPal nothing: its faults are meant for the apps. */
export async function endKnownReviews(reader: BooksReader, sandbox: SandboxDesk): Promise<void> {
  for (const { state, captureId } of await reader.purchases()) {
    if (state !== "PENDING" || !captureId) continue;
    await endReview(sandbox, captureId).catch(mustHaveEnded);
  }
}

/** One that has ended already is not known as such yet; everything else is a mistake here. */
function mustHaveEnded(error: unknown): void {
  if (!(error instanceof Error && error.message.includes("not PENDING"))) throw error;
}

/** Ends every review at PayPal, now that it answers whoever asks. */
export async function endAllReviews(reader: BooksReader, sandbox: SandboxDesk): Promise<void> {
  for (const { orderId, state } of await reader.purchases()) {
    if (!orderId || state === "CREDITED" || state === "DENIED") continue;
    for (const { id, status } of await sandbox.captures(orderId)) {
      if (status === "PENDING") await endReview(sandbox, id);
    }
  }
}

const endReview = (sandbox: SandboxDesk, captureId: string) =>
  sandbox.endReview(captureId, captureId.charCodeAt(0) % 3 === 0 ? "deny" : "complete");

/**
 * Waits until nothing is under way for anybody and no provider is kept waiting.
 * Resolves to what is still open when the time is up.
 */
export async function awaitRest(stage: Stage, patienceMs: number): Promise<string[]> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const open = await whatIsOpen(stage);
    if (open.length === 0 || Date.now() > until) return open;
    await sleep(LOOK_MS);
  }
}

async function whatIsOpen(stage: Stage): Promise<string[]> {
  const books = [...(await readBooks(stage.database.address)).values()];
  const unsettled = books
    .filter((own) => !isSettled(own) || own.account.held !== 0)
    .map(({ account, operations, purchases, running }) => {
      const left = [
        ...operations.filter(({ settled }) => !settled).map(({ _id, state }) => `${_id} ${state}`),
        ...purchases.filter(({ checkAt }) => checkAt).map(({ _id, state }) => `purchase ${_id} ${state}`),
        ...running.map(({ _id }) => `${_id} is shown as being made`),
        ...account.outbox.map(({ _id }) => `${_id} is in the outbox`),
      ];
      return `account ${account._id} is not at rest, held ${account.held}: ${left.join(", ")}`;
    });
  const calls = await stage.sandbox.open();
  return [
    ...unsettled,
    ...calls.map(({ provider, method, path, at }) => {
      return `${provider} is kept waiting for ${Math.round((Date.now() - at) / 1_000)} s: ${method} ${path}`;
    }),
  ];
}
