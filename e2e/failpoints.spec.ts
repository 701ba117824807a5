import { beginCases, everyCut, repeatCases, untilSettled } from "./fixtures/cases";
import { cachedChat, chat, declinedChat } from "./fixtures/chat-kinds";
import { image } from "./fixtures/image-kinds";
import { opened } from "./fixtures/operation-steps";
import { expectOutcomes } from "./fixtures/outcomes";
import { purchase, purchaseOpened } from "./fixtures/purchase-kind";
import { sweep, test } from "./fixtures/stage";

test.describe.configure({ timeout: 180_000 });

test.use({
  settings: {
    LEASE_MS: "2000",
    LEASE_HEARTBEAT_MS: "500",
    SWEEP_MS: "500",
    // Each use is stopped on its own way.
    CLOSE_MS: "0",
    PURCHASE_RECHECK_MS: "2000",
    PURCHASE_OPEN_RECHECK_MS: "2000",
    PURCHASE_ABANDON_MS: "2000",
    // The only text that is written down is the whole one.
    CHAT_CHECKPOINT_MS: "3600000",
  },
});

/** From the app's return until everything is settled. With production's leases and sweeps a use takes 90 s at most. */
const RECOVERY_MS = 30_000;

const cuts = everyCut([chat, cachedChat, declinedChat, image, purchase], ["before", "after"]);

test(`killed at any of ${cuts.length} points, it is charged if and only if delivered, granted if and only if paid`, async ({
  database,
  databaseProxy,
  instance,
  sandbox,
}) => {
  await sandbox.setPace({ msPerToken: 1, firstTokenMs: 1, imageMs: 50 });
  // What PayPal would tell the app of its own accord must not be needed.
  await sandbox.fail("paypal", { kind: "webhook-drop", times: 1_000_000 });
  // Nothing is swept while it is still worked on, however slow the machine.
  await databaseProxy.hold(sweep, "before").reached;
  const { cases, answer } = await beginCases({ database, databaseProxy, instance, sandbox }, cuts);
  const evidence = { databaseAddress: database.address, answer };

  instance.killApp();
  await Promise.all(cases.map(({ ended }) => ended));
  await instance.untilReady();
  await untilSettled(database.address, cases, RECOVERY_MS);
  await expectOutcomes(cases, evidence);

  await test.step("asked again with the same key, nothing is made or charged twice", async () => {
    const known = cases.filter(({ step, at }) => at === "after" || ![opened, purchaseOpened].includes(step));
    await repeatCases({ databaseProxy, sandbox }, known);
    await expectOutcomes(known, evidence);
  });
});
