import type { LedgerEntryDoc, MessageDoc, PurchaseDoc } from "@models";
import { type Books, isDelivered } from "./books";
import { told } from "./gates";
import { codeOf, resultOf } from "./scene";
import type { Adjustment, Order, Story, Use } from "./story";

/** What is wrong once everything has come to rest: books left open, and totals that are not what the story says. */
export function finalProblems(story: Story, books: Books): string[] {
  const problems: string[] = [];
  const must: Must = (truth, problem) => truth || problems.push(problem);
  checkClosed(books, must);
  for (const use of story.uses) checkUse(use, books, must);
  for (const order of story.orders) checkOrder(order, books, must);
  for (const id of story.ids) {
    const account = books.accounts.find(({ _id }) => _id === id);
    const has = account ? account.available + account.held - account.owed : 0;
    const ought = expectedTotal(id, story, books);
    must(has === ought, `${id} has ${has} credits, the story says ${ought}`);
  }
  return problems;
}

type Must = (truth: boolean, problem: string) => void;

function checkClosed({ accounts, entries, inLedger, operations, answers }: Books, must: Must): void {
  for (const { _id, held, holds, outbox } of accounts) {
    must(held === 0 && holds.length === 0, `${_id} still holds ${held}`);
    must(outbox.length === 0, `${_id} still has ${outbox.length} in its outbox`);
  }
  must(inLedger === entries.length, `${entries.length - inLedger} movements are not in the ledger`);
  for (const { _id, op, state, settled, cost } of operations.values()) {
    must(settled && state !== "NEW" && state !== "HELD", `${_id} was left ${state}`);
    const isCharged = entries.some((entry) => entry._id === `${op}:CAPTURE`);
    must(isCharged === (state === "DONE" && (cost ?? 0) > 0), `${_id} is ${state} for ${cost}, charged: ${isCharged}`);
    must((state === "DONE") === isDelivered(answers.get(_id)), `${_id} is ${state}: ${answers.get(_id)?.status}`);
  }
}

/** What somebody must have, by what they began with, bought, were given, and got. */
function expectedTotal(id: string, story: Story, books: Books): number {
  const isTheirs = ({ actor }: { actor: { user: { id: string } } }) => actor.user.id === id;
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const bonus = books.entries.find(({ _id }) => _id === `sign-up-bonus:${id}:GRANT`)?.deltaAvailable ?? 0;
  return (
    (story.opening.get(id) ?? 0) +
    bonus +
    sum(story.adjustments.filter(isTheirs).map((it) => (wasApplied(it, books.entries) ? it.amount : 0))) +
    sum(story.orders.filter(isTheirs).map(creditsLeft)) -
    sum(story.uses.filter(isTheirs).map((use) => priceOf(use, books.answers.get(use.operationId))))
  );
}

/** Once told that it was done, it was; once told that it was not, it was not. After a crash it may be either. */
function wasApplied({ workers, entryId }: Adjustment, entries: LedgerEntryDoc[]): boolean {
  if (workers.some((worker) => resultOf(worker) !== undefined)) return true;
  return workers.some(({ outcome }) => !outcome) && entries.some(({ _id }) => _id === entryId);
}

/** What an answer costs, by what its user has of it. */
function priceOf(use: Use, answer: MessageDoc | undefined): number {
  if (!isDelivered(answer) || answer.cached) return 0;
  return answer.status === "stopped" && answer.content === "" ? 0 : use.price;
}

function checkUse(use: Use, { answers }: Books, must: Must): void {
  const { operationId, script, wasAnsweredElsewhere, wasStopped, workers } = use;
  const answer = answers.get(operationId);
  const delivered = isDelivered(answer);
  const price = priceOf(use, answer);
  must((answer?.charged ?? 0) === price, `${operationId} cost ${answer?.charged}, not ${price}`);
  must(!answer?.cached || wasAnsweredElsewhere, `${operationId} came from a cache it was not in`);
  must(answer?.status !== "stopped" || wasStopped, `${operationId} was stopped by nobody`);
  must(answer?.status !== "streaming", `${operationId} is being answered for ever`);
  const could = script === "answered" || wasAnsweredElsewhere || wasStopped;
  must(!delivered || could, `${operationId} was delivered, though ${script}`);
  const end = told.get(use.messageId);
  if (end?.type === "done") must(delivered && end.charged === price, `${operationId} was promised for ${end.charged}`);
  if (end?.type === "error") must(!delivered, `${operationId} was said to have failed with ${end.code}`);
  const refused = workers.some((worker) => codeOf(worker) === "INSUFFICIENT_CREDITS");
  must(!refused || !delivered, `${operationId} was delivered after it was refused`);
}

/** What is left of the credits bought: nothing before the money is there, and less as it goes back. */
function creditsLeft({ payment, credits, amount, refunded, dispute }: Order): number {
  if (payment !== "completed") return 0;
  const back = dispute?.state === "open" ? amount : refunded;
  return credits - Math.floor((credits * back) / amount);
}

function checkOrder(order: Order, { purchases, entries }: Books, must: Must): void {
  const { orderId, payment, refunded, amount, dispute } = order;
  const purchase = purchases.find((it) => it.orderId === orderId);
  const grants = entries.filter((entry) => entry.ref === purchase?._id && isFirstGrant(entry, purchase));
  must(grants.length === (payment === "completed" ? 1 : 0), `${orderId} is ${payment}, granted ${grants.length} times`);
  if (payment === "pending") must(purchase?.state === "PENDING", `${orderId} is pending: ${purchase?.state}`);
  if (payment !== "completed") return;
  const settled = refunded === 0 ? "CREDITED" : refunded < amount ? "PARTIALLY_REFUNDED" : "REFUNDED";
  const ought = dispute?.state === "open" ? "DISPUTED" : settled;
  must(purchase?.state === ought, `${orderId} is ${purchase?.state}, not ${ought}`);
}

/** Not what a won dispute gives back. */
function isFirstGrant({ type, _id }: LedgerEntryDoc, { moves }: PurchaseDoc): boolean {
  return type === "GRANT" && !moves.some(({ key }) => _id.startsWith(key));
}
