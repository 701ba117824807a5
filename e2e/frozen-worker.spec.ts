import { expect } from "@playwright/test";
import { beginCases, everyCut, untilSettled } from "./fixtures/cases";
import { cachedChat, chat, declinedChat, findAnswer, longChat, SLOWLY } from "./fixtures/chat-kinds";
import { image, slowImage } from "./fixtures/image-kinds";
import { opened } from "./fixtures/operation-steps";
import { expectOutcomes } from "./fixtures/outcomes";
import { ordered, purchase, purchaseOpened } from "./fixtures/purchase-kind";
import { sweep, test } from "./fixtures/stage";

test.describe.configure({ timeout: 180_000 });

test.use({
  settings: {
    LEASE_MS: "2000",
    LEASE_HEARTBEAT_MS: "500",
    SWEEP_MS: "300",
    // Each use is stopped on its own way.
    CLOSE_MS: "0",
    // The second takes up the slow images too, and gives them up.
    IMAGE_LATE_MS: "25000",
    PAYPAL_TIMEOUT_MS: "5000",
    PURCHASE_RECHECK_MS: "2000",
    PURCHASE_OPEN_RECHECK_MS: "2000",
    PURCHASE_ABANDON_MS: "2000",
  },
});

/** From the end of the last lease until another worker has settled everything. */
const SWEPT_MS = 60_000;

/** Caught in the middle of its work, and about to take the next step. */
const inTheMiddle = everyCut([longChat, slowImage], ["after"]);
const aboutToGoOn = everyCut([chat, cachedChat, declinedChat, image, purchase], ["before"]).filter(
  // Of these there is nothing to sweep yet; however late they come, they begin.
  ({ step }) => ![opened, purchaseOpened, ordered].includes(step),
);

const cuts = [...inTheMiddle, ...aboutToGoOn];

test("a worker that was frozen past its lease finds its uses settled, and changes nothing any more", async ({
  database,
  databaseProxy,
  instance,
  sandbox,
}) => {
  const second = await instance.startSecond();
  try {
    await sandbox.setPace({ msPerToken: 1, firstTokenMs: 1, imageMs: 50 });
    await sandbox.fail("gemini", { kind: "slow", delayMs: 200, body: SLOWLY });
    await sandbox.fail("replicate", { kind: "slow", delayMs: 60_000, body: SLOWLY });
    await sandbox.fail("paypal", { kind: "webhook-drop", times: 1_000_000 });
    // Neither of the two sweeps before the worker is frozen.
    const sweeps = [1, 2].map(() => databaseProxy.hold(sweep, "before"));
    await Promise.all(sweeps.map(({ reached }) => reached));
    const { cases, answer } = await beginCases({ database, databaseProxy, instance, sandbox }, cuts);

    instance.freeze();
    for (const held of sweeps) held.release();
    await untilSettled(database.address, cases, SWEPT_MS);
    const evidence = { databaseAddress: database.address, appAddress: second.address, answer };
    await expectOutcomes(cases, evidence);

    instance.thaw();
    for (const { hold } of cases) hold.release();
    await Promise.all(cases.map(({ ended }) => ended));
    await untilSettled(database.address, cases, SWEPT_MS);
    await expectOutcomes(cases, evidence);
    for (const { visitor, use } of cases.filter(({ kind }) => kind === longChat)) {
      const shown = await findAnswer(visitor.apiAt(second.address), use);
      expect(shown).toMatchObject({ status: "interrupted", charged: 0, content: expect.stringContaining("sandbox") });
    }
  } finally {
    await second.dispose();
  }
});
