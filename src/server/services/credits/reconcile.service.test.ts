import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Account, LedgerEntry, Operation, Purchase } from "@models";
import mongoose from "mongoose";
import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/server/lib/actor";
import { newKey, person, sandbox, send } from "../../../../tests/studio";
import { buy } from "../../../../tests/till";
import { adjustCredits } from "./adjust-credits";
import { applyCredits } from "./apply-credits";
import { reconcile } from "./reconcile";

beforeEach(async () => {
  sandbox().reset();
  sandbox().paypal.deliver(false);
  await Promise.all([Account, LedgerEntry, Operation, Purchase].map((model) => model.deleteMany()));
});

const problems = async () => (await reconcile()).problems.map(({ subject, problem }) => `${subject} ${problem}`);

/** Somebody who has bought, spent and been given credits. */
async function customer(): Promise<Actor> {
  const actor = await person();
  await buy(actor, "10");
  await send(actor);
  await adjustCredits(actor, { userId: actor.user.id, amount: -2, reason: "A test", idempotencyKey: newKey() });
  return actor;
}

test("says nothing about books that are right, and asks PayPal about each payment", async () => {
  await customer();
  await customer();
  expect(await reconcile()).toMatchObject({ accounts: 2, purchases: 2, capturesCompared: 2, problems: [] });
});

test("says nothing while people work", async () => {
  const actors = await Promise.all(Array.from({ length: 6 }, () => customer()));
  let working = true;
  const work = Promise.all(
    actors.map(async (actor) => {
      for (let sent = 0; sent < 3; sent += 1) await send(actor);
    }),
  ).finally(() => {
    working = false;
  });
  while (working) expect(await problems()).toEqual([]);
  await work;
});

test("does without PayPal when it is away", async () => {
  await customer();
  sandbox().fail("paypal", { kind: "status", status: 503, times: 10 });
  expect(await reconcile()).toMatchObject({ capturesCompared: null, problems: [] });
});

describe("names the account and the difference", () => {
  test("when a balance was changed by hand", async () => {
    const { user } = await customer();
    await Account.updateOne({ _id: user.id }, { $inc: { available: 5 } });
    expect(await problems()).toEqual([`${user.id} available is 22, the ledger says 17 (difference +5)`]);
  });

  test("when a ledger entry was deleted", async () => {
    const { user } = await customer();
    await LedgerEntry.deleteOne({ userId: user.id, type: "ADJUST" });
    expect(await problems()).toEqual([
      `${user.id} available is 17, the ledger says 19 (difference -2)`,
      expect.stringMatching(`^${user.id} movements is \\d+, the ledger has \\d+ \\(difference \\+1\\)$`),
    ]);
  });

  test("when a hold was lost", async () => {
    const { user } = await customer();
    await Account.updateOne({ _id: user.id }, { $inc: { held: 3 } });
    expect(await problems()).toEqual([
      `${user.id} held is 3, the ledger says 0 (difference +3)`,
      `${user.id} held is 3, its holds say 0 (difference +3)`,
    ]);
  });

  test("when an account is gone", async () => {
    const { user } = await customer();
    await Account.deleteOne({ _id: user.id });
    expect(await problems()).toEqual([expect.stringMatching(`^${user.id} \\d+ ledger entries, and no account$`)]);
  });
});

describe("names what was charged", () => {
  test("and not delivered", async () => {
    const { user } = await customer();
    await Operation.updateOne({ userId: user.id }, { $set: { state: "EXPIRED" } });
    expect(await problems()).toEqual([expect.stringContaining(`${user.id} charged but not delivered: ${user.id}:`)]);
  });

  test("and given back as well", async () => {
    const { user } = await customer();
    const charge = await LedgerEntry.findOne({ userId: user.id, type: "CAPTURE" }).lean();
    if (!charge) throw new Error("nothing was charged");
    const returned = { ...charge, _id: charge._id.replace("CAPTURE", "RELEASE"), type: "RELEASE" as const };
    await LedgerEntry.insertOne({ ...returned, deltaHeld: 0 });
    await Account.updateOne({ _id: user.id }, { $inc: { rev: 1 } });
    expect(await problems()).toEqual([expect.stringContaining(`${user.id} charged and given back`)]);
  });
});

describe("names the purchase", () => {
  test("whose credits never came", async () => {
    const { user } = await customer();
    const { _id, captureId = "" } = (await Purchase.findOne({ userId: user.id }).lean()) ?? { _id: "" };
    await LedgerEntry.deleteOne({ _id: `${captureId}:GRANT` });
    await Account.updateOne({ _id: user.id }, { $inc: { available: -10, rev: -1 } });
    expect(await problems()).toEqual([`${_id} purchase brought 0 credits, its state CREDITED says 10`]);
  });

  test("that PayPal was paid for and nobody was granted", async () => {
    const { user } = await customer();
    const { _id, captureId = "" } = (await Purchase.findOne({ userId: user.id }).lean()) ?? { _id: "" };
    await LedgerEntry.deleteOne({ _id: `${captureId}:GRANT` });
    await Account.updateOne({ _id: user.id }, { $inc: { available: -10, rev: -1 } });
    await Purchase.updateOne({ _id }, { $set: { state: "DENIED" } });
    expect(await problems()).toEqual([`${_id} capture ${captureId}: paid, but 10 credits not granted`]);
  });

  test("for which PayPal has another amount", async () => {
    const { user } = await customer();
    await Purchase.updateOne({ userId: user.id }, { $set: { amount: 999 } });
    expect(await problems()).toEqual([
      expect.stringMatching(/Paid \$1\.00, ordered for \$9\.99\. 10 credits were granted/),
    ]);
  });
});

describe("names credits", () => {
  const grantOf = async ({ user }: Actor) => {
    const grant = await LedgerEntry.findOne({ userId: user.id, reason: /bought/ }).lean();
    if (!grant) throw new Error("nothing was bought");
    return grant;
  };

  test("that one payment brought twice", async () => {
    const actor = await customer();
    const { ref, ...grant } = await grantOf(actor);
    const { userId, requestId } = grant;
    const again = { userId, key: "the-event", type: "GRANT" as const, credits: 10, mayOwe: true };
    await applyCredits({ ...again, reason: "10 credits bought for $1.00", ref, requestId });
    expect(await problems()).toEqual([`${userId} no purchase knows of the movement the-event:GRANT`]);
  });

  test("that nobody bought", async () => {
    const actor = await customer();
    const { _id, ref } = await grantOf(actor);
    await Purchase.deleteOne({ _id: ref });
    expect(await problems()).toEqual([`${actor.user.id} no purchase knows of the movement ${_id}`]);
  });
});

describe("the command", () => {
  const run = () =>
    promisify(execFile)(process.execPath, ["--import", "tsx", "scripts/lib/reconcile-books.ts"], {
      env: { ...process.env, MONGODB_URI: process.env.MONGODB_URI ?? "", LOG_LEVEL: "silent" },
    });

  test("exits with 0 when the books are right, with 1 and the account's name when they are not", async () => {
    const { user } = await customer();
    expect((await run()).stdout).toContain("The books are right.");
    await Account.updateOne({ _id: user.id }, { $inc: { available: 1 } });
    await expect(run()).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining(`${user.id}  available is`) });
    expect(mongoose.connection.readyState).toBe(1);
  });
});
