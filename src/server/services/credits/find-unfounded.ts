import { LedgerEntry, type LedgerEntryDoc, Operation } from "@models";
import { strayCredits } from "@/server/services/payments/stray-credits";
import type { BookProblem } from "@/shared/credits";
import { SIGN_UP_BONUS } from "./open-account";

const BATCH = 1_000;

type Movement = Pick<LedgerEntryDoc, "_id" | "userId" | "type" | "ref">;

/** Movements without a reason: charges for nothing that was delivered, credits for nothing that was bought. */
export async function findUnfounded(): Promise<BookProblem[]> {
  const problems: BookProblem[] = [];
  const charges: Movement[] = [];
  const bought: Movement[] = [];
  const types: Movement["type"][] = ["CAPTURE", "GRANT", "REFUND"];
  const fields = { userId: 1, type: 1, ref: 1 };
  const movements = LedgerEntry.find({ type: { $in: types }, ref: { $ne: SIGN_UP_BONUS } }, fields).lean<Movement[]>();
  for await (const movement of movements.cursor({ batchSize: BATCH })) {
    (movement.type === "CAPTURE" ? charges : bought).push(movement);
    if (charges.length >= BATCH) problems.push(...(await undeliveredCharges(charges.splice(0))));
    if (bought.length >= BATCH) problems.push(...(await strayCredits(bought.splice(0))));
  }
  problems.push(...(await undeliveredCharges(charges)), ...(await strayCredits(bought)));
  return problems;
}

/** Charges whose operation was not delivered, or was given back as well. */
async function undeliveredCharges(charges: Movement[]): Promise<BookProblem[]> {
  const ids = charges.map(({ ref }) => ref);
  const releases = charges.map(({ _id }) => releaseOf(_id));
  const [done, released] = await Promise.all([
    Operation.find({ _id: { $in: ids }, state: "DONE" }, { _id: 1 }).lean(),
    LedgerEntry.find({ _id: { $in: releases } }, { _id: 1 }).lean(),
  ]);
  const delivered = new Set(done.map(({ _id }) => _id));
  const returned = new Set(released.map(({ _id }) => _id));
  return charges.flatMap(({ _id, userId: subject, ref }) => {
    const problems: BookProblem[] = [];
    const say = (problem: string) => problems.push({ kind: "user", subject, problem });
    if (!delivered.has(ref)) say(`charged but not delivered: ${ref}`);
    if (returned.has(releaseOf(_id))) say(`charged and given back: ${ref}`);
    return problems;
  });
}

const releaseOf = (captureEntry: string) => captureEntry.replace(/CAPTURE$/, "RELEASE");
