import {
  apiOf,
  ask,
  balance,
  enter,
  expect,
  expectAccessible,
  expectReceipt,
  Instance,
  lastAnswer,
  test,
} from "./fixtures";
import { copiedAnswer, replyTo, slowQuestion, storedAnswer, watchGrowing } from "./fixtures/answer-text";
import { SandboxControl } from "./fixtures/sandbox";

test.describe.configure({ timeout: 180_000 });

test("a server killed in the middle costs nothing, and what was written down of the answer can be gone on with", async ({
  page,
  request,
  guards,
}) => {
  // Nobody is there for a moment, or somebody who is not ready yet.
  guards.allow(/net::ERR_|Failed to load resource/);
  const instance = await Instance.start({ LEASE_MS: "3000", LEASE_HEARTBEAT_MS: "500", SWEEP_MS: "500" });
  try {
    const sandbox = new SandboxControl(request, instance.sandboxAddress);
    await enter(page, "/chat", instance.address);
    const question = await slowQuestion(sandbox, "What is left when the power goes?");
    await ask(page, question);
    await watchGrowing(page, 2);
    await expect.poll(async () => (await storedAnswer(page)).content).not.toBe("");
    const { content: writtenDown } = await storedAnswer(page);
    instance.killApp();
    await expect(lastAnswer(page)).toContainText("Reconnecting");

    // Nobody touches the page from here on: it finds its way back by itself.
    const failure = lastAnswer(page).getByRole("alert");
    await expect(failure).toContainText(/The answer broke off.*What had arrived is kept\./, { timeout: 60_000 });
    const kept = await storedAnswer(page);
    expect(kept).toMatchObject({ status: "interrupted", charged: 0 });
    expect(kept.content.startsWith(writtenDown)).toBe(true);
    expect(replyTo(question, kept).startsWith(kept.content)).toBe(true);
    expect(await copiedAnswer(page)).toBe(kept.content);
    await expectReceipt(page, "Interrupted · Nothing charged");
    await expect(failure).toContainText(kept.requestId);
    await expect(failure.getByRole("button", { name: /^Try again/ })).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await expect(page.getByText("Reconnecting")).toHaveCount(0);
    await expect(balance(page, 10)).toBeVisible();
    const api = await apiOf(page, instance.address);
    expect(await api.credits.balance.query()).toEqual({ available: 10, held: 0, owed: 0 });
    await expectAccessible(page);

    await failure.getByRole("button", { name: "Go on from here · 1 credit" }).click();
    await expect(page.getByText("Please go on where you stopped.")).toBeVisible();
    await expectReceipt(page, "1 credit");
    expect(await storedAnswer(page)).toMatchObject({ status: "complete", charged: 1 });
    await expect(balance(page, 9)).toBeVisible();
    await expect(page.getByRole("article")).toHaveCount(2);
    await page.reload();
    await expect(page.getByRole("article").first()).toContainText("Interrupted · Nothing charged");
  } finally {
    await instance.dispose();
  }
});
