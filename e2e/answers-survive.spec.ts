import { ask, balance, enter, expect, expectAccessible, expectReceipt, lastAnswer, test } from "./fixtures";
import { answerWords, expectWhole, slowQuestion, storedAnswer, watchGrowing } from "./fixtures/answer-text";
import { FaultyWire } from "./fixtures/faulty-wire";

// Each is in the middle of an answer for as long as the machine needs.
test.describe.configure({ timeout: 180_000 });

test("after a reload in the middle the answer goes on, with nothing missing or twice", async ({ page, sandbox }) => {
  await enter(page);
  const question = await slowQuestion(sandbox, "What becomes of an answer when its page is reloaded?");
  await ask(page, question);
  const before = await watchGrowing(page, 2);
  await expect(page).toHaveURL(/\/chat\/c_/);
  await page.reload();
  const after = await watchGrowing(page, 2);
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  await sandbox.hurry(question);
  await expectReceipt(page, "1 credit");
  await expectWhole(page, question, [...before, ...after]);
  await expect(balance(page, 9)).toBeVisible();
});

test("a second tab sees the same answer grow, and its end", async ({ page, context, sandbox }) => {
  await enter(page);
  const question = await slowQuestion(sandbox, "Who else is reading this?");
  await ask(page, question);
  await expect(page).toHaveURL(/\/chat\/c_/);
  const second = await context.newPage();
  await second.goto(page.url());
  const seen = await watchGrowing(second, 3);
  await sandbox.hurry(question);
  await Promise.all([page, second].map((tab) => expectReceipt(tab, "1 credit")));
  const receipt = () => lastAnswer(page).locator("footer p").textContent();
  expect(await lastAnswer(second).locator("footer p").textContent()).toBe(await receipt());
  for (const tab of [page, second]) {
    await expect(balance(tab, 9)).toBeVisible();
    await expectWhole(tab, question, seen);
  }
});

test("Stop in a second tab ends the answer in both", async ({ page, context, sandbox }) => {
  await enter(page);
  await ask(page, await slowQuestion(sandbox, "Is that enough?"));
  await expect(page).toHaveURL(/\/chat\/c_/);
  const second = await context.newPage();
  await second.goto(page.url());
  await watchGrowing(second, 2);
  await second.getByRole("button", { name: "Stop" }).click();
  await Promise.all(
    [page, second].map((tab) => expect(lastAnswer(tab).locator("footer")).toContainText("Stopped", { timeout: 2_000 })),
  );
  const stored = await storedAnswer(page);
  expect(stored).toMatchObject({ status: "stopped", charged: 1 });
  expect(await answerWords(second)).toBe(await answerWords(page));
  await expect(balance(page, 9)).toBeVisible();
});

test("offline for five seconds, the page says so, and the answer goes on by itself", async ({
  page,
  context,
  sandbox,
  guards,
  baseURL,
}) => {
  guards.allow(/net::ERR_|Failed to load resource/);
  // A browser that is put offline keeps the streams it has: the wire takes them away.
  const wire = await FaultyWire.to(baseURL ?? "");
  try {
    await enter(page, "/chat", new URL(wire.address).origin);
    const question = await slowQuestion(sandbox, "What is said while nobody can hear it?");
    const broken = page.waitForEvent("requestfailed", (request) => request.url().includes("chat.send"));
    await ask(page, question);
    const before = await watchGrowing(page, 2);
    await context.setOffline(true);
    wire.behave({ refuse: true });
    await broken;
    await expect(page.getByText("You are offline")).toBeVisible();
    await expect(lastAnswer(page)).toContainText("Reconnecting");
    const atBreak = await answerWords(page);
    await expectAccessible(page);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(await answerWords(page)).toBe(atBreak);
    expect(wire.connections).toBe(0);
    wire.heal();
    await context.setOffline(false);
    await expect(page.getByText("You are offline")).toBeHidden();
    const after = await watchGrowing(page, 2);
    await sandbox.hurry(question);
    await expectReceipt(page, "1 credit");
    await expectWhole(page, question, [...before, ...after]);
    await expect(balance(page, 9)).toBeVisible();
  } finally {
    await wire.close();
  }
});

test("an answer is finished while its reader is on another page, and paid once", async ({ page, sandbox }) => {
  await enter(page);
  const question = await slowQuestion(sandbox, "Do you mind if I leave?");
  await ask(page, question);
  const before = await watchGrowing(page, 2);
  const address = page.url();
  await page.getByRole("link", { name: "Images" }).first().click();
  await expect(page).toHaveURL(/\/images$/);
  await page.goBack();
  await expect(page).toHaveURL(address);
  const after = await watchGrowing(page, 2);
  await page.goto("/dashboard");
  await sandbox.hurry(question);
  await expect(balance(page, 9)).toBeVisible();
  await page.goto(address);
  await expectReceipt(page, "1 credit");
  await expectWhole(page, question, [...before, ...after]);
  await expect(balance(page, 9)).toBeVisible();
});
