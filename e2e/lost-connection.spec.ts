import { beginCases, everyCut, untilSettled } from "./fixtures/cases";
import { cachedChat, chat, declinedChat } from "./fixtures/chat-kinds";
import { attendedImage } from "./fixtures/image-kinds";
import { expectOutcomes } from "./fixtures/outcomes";
import { purchase } from "./fixtures/purchase-kind";
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
    CHAT_CHECKPOINT_MS: "3600000",
  },
});

const RECOVERY_MS = 30_000;

const cuts = everyCut([chat, cachedChat, declinedChat, attendedImage, purchase], ["before", "after"]);

test(`with the database lost at any of ${cuts.length} points, what was decided holds`, async ({
  database,
  databaseProxy,
  instance,
  sandbox,
}) => {
  await sandbox.setPace({ msPerToken: 1, firstTokenMs: 1, imageMs: 50 });
  await sandbox.fail("paypal", { kind: "webhook-drop", times: 1_000_000 });
  const paused = databaseProxy.hold(sweep, "before");
  await paused.reached;
  const { cases, answer } = await beginCases({ database, databaseProxy, instance, sandbox }, cuts);

  for (const { hold } of cases) hold.lose();
  await Promise.all(cases.map(({ ended }) => ended));
  paused.release();
  await untilSettled(database.address, cases, RECOVERY_MS);
  await expectOutcomes(cases, { databaseAddress: database.address, answer });
});
