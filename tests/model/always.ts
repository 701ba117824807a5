import type { AccountDoc, LedgerEntryDoc, OperationDoc } from "@models";
import { type Books, isDelivered } from "./books";

/** What is wrong although it must be right at every moment, between any two steps, in words. */
export function alwaysProblems(books: Books): string[] {
  const problems: string[] = [];
  const must = (truth: boolean, problem: string) => truth || problems.push(problem);
  const entriesOf = new Map(books.accounts.map(({ _id }) => [_id, [] as LedgerEntryDoc[]]));
  for (const entry of books.entries) {
    const own = entriesOf.get(entry.userId);
    must(own !== undefined, `${entry._id} has no account`);
    own?.push(entry);
  }
  for (const account of books.accounts) checkAccount(account, entriesOf.get(account._id) ?? [], must);
  for (const operation of books.operations.values()) checkOperation(operation, books, must);
  for (const [operationId, answer] of books.answers) {
    const state = books.operations.get(operationId)?.state;
    must(!isDelivered(answer) || state === "DONE", `${answer._id} is shown as ${answer.status}, decided ${state}`);
  }
  return problems;
}

type Must = (truth: boolean, problem: string) => void;

function checkAccount(account: AccountDoc, entries: LedgerEntryDoc[], must: Must): void {
  const { _id, available, held, owed, rev, holds } = account;
  for (const [name, amount] of Object.entries({ available, held, owed })) {
    must(Number.isInteger(amount) && amount >= 0, `${_id} has ${amount} ${name}`);
  }
  const equal = (what: string, is: number, ought: number) => must(is === ought, `${_id}: ${what} ${is}, not ${ought}`);
  const sum = (field: "deltaAvailable" | "deltaHeld" | "deltaOwed") =>
    entries.reduce((total, entry) => total + entry[field], 0);
  equal("available", available, sum("deltaAvailable"));
  equal("held", held, sum("deltaHeld"));
  equal("owed", owed, sum("deltaOwed"));
  equal("movements", rev, entries.length);
  const holdsSum = holds.reduce((total, { amount }) => total + amount, 0);
  equal("held by its holds", held, holdsSum);
}

/** The one charge, and the one hold before it, that go with a delivery. */
function checkOperation(operation: OperationDoc, { entries, accounts, answers }: Books, must: Must): void {
  const { _id, op, userId, state, settled, amount, cost } = operation;
  const own = entries.filter(({ ref }) => ref === _id);
  const [hold, ...otherHolds] = own.filter(({ type }) => type === "HOLD");
  const [end, ...otherEnds] = own.filter(({ type }) => type !== "HOLD");
  const isHeld = accounts.some((account) => account._id === userId && account.holds.some((it) => it.op === op));
  must(otherHolds.length === 0, `${_id} is held twice`);
  must(otherEnds.length === 0, `${_id} is settled twice`);
  must(!end || hold !== undefined, `${_id} is settled and was never held`);
  must(
    isHeld === (hold !== undefined && end === undefined),
    `${_id} is ${isHeld ? "" : "not "}held, against the ledger`,
  );
  must(!(settled && isHeld), `${_id} is called settled and still holds`);
  if (end?.type === "CAPTURE") {
    const answer = answers.get(_id);
    const charged = amount - end.deltaAvailable;
    must(state === "DONE" && charged === cost, `${_id} is charged ${charged}, decided ${state} for ${cost}`);
    must(isDelivered(answer), `${_id} is charged and its answer is ${answer?.status}`);
    must(answer?.charged === charged, `${_id} is charged ${charged}, its answer says ${answer?.charged}`);
  }
}
