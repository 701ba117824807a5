import {
  answerText,
  ask,
  balance,
  enter,
  expect,
  expectAccessible,
  expectAlive,
  expectReceipt,
  lastAnswer,
  newQuestion,
  test,
} from "./fixtures";

test("an answer arrives piece by piece, costs one credit, and is there after a reload", async ({ page }) => {
  await enter(page);
  await expectAccessible(page);
  await ask(page, newQuestion("How does a token bucket work? Show code and a table"));

  const lengths = new Set<number>();
  const text = async () => (await answerText(page)).length;
  await expect
    .poll(async () => lengths.add(await text()).size, { intervals: [100], timeout: 20_000 })
    .toBeGreaterThanOrEqual(5);
  await expectReceipt(page, "1 credit");
  await expect(balance(page, 9)).toBeVisible();
  await expect(lastAnswer(page).getByRole("table")).toBeVisible();
  await expect(lastAnswer(page).getByRole("code").first()).toBeVisible();
  await expect(page).toHaveURL(/\/chat\/c_/);
  await expectAccessible(page);

  const whole = await answerText(page);
  await page.reload();
  await expectReceipt(page, "1 credit");
  expect(await answerText(page)).toBe(whole);
  await expect(balance(page, 9)).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/dashboard");
  await expect(page.getByRole("main").getByRole("link", { name: /token bucket/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("a conversation is sent in one piece with its page, and one that is not there with its status", async ({
  page,
}) => {
  await enter(page);
  await ask(page, newQuestion("Show code and a table"));
  await expectReceipt(page, "1 credit");

  const html = await (await page.request.get(page.url())).text();
  expect(html).toContain("<article");
  // What React sends after the page it shows a third of a second later.
  expect(html).not.toContain('<div hidden id="S:');
  expect((await page.request.get("/chat/c_nowhere")).status()).toBe(404);
});

test("what is written before the page has come alive stays, beside what was kept of before", async ({ page }) => {
  await enter(page);
  const box = page.getByRole("textbox", { name: "Your message" });
  await box.fill("Kept.");
  await expectAlive(page);
  let come = () => {};
  const scripts = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await scripts;
    await route.continue();
  });
  await page.reload({ waitUntil: "commit" });
  await box.fill("Early.");
  await box.press("Enter");
  come();
  await expectAlive(page);
  await expect(box).toHaveValue("Kept.\nEarly.");
});

test("Stop keeps what was written, and says so", async ({ page }) => {
  await enter(page);
  await ask(page, newQuestion("sandbox: long"));
  await expect(lastAnswer(page)).toContainText("sandbox", { timeout: 10_000 });
  await page.getByRole("button", { name: "Stop" }).click();
  await expectReceipt(page, "Stopped");
  await expect(page.getByRole("button", { name: /^Send/ })).toBeVisible();
});

test("a double click on Send sends once, and does not stop what it began", async ({ page }) => {
  await enter(page);
  const question = newQuestion("Clicked twice");
  await page.getByLabel("Your message").fill(question);
  await page.getByRole("button", { name: /^Send/ }).dblclick();
  await expectReceipt(page, "1 credit");
  await expect(balance(page, 9)).toBeVisible();
  await expect(page.getByRole("heading", { name: question })).toHaveCount(1);
});

test("when Gemini is away OpenAI answers, and it says so", async ({ page, sandbox }) => {
  const question = newQuestion("Who answers this?");
  await sandbox.fail("gemini", { kind: "status", status: 503, body: question, times: 2 });
  await enter(page);
  await ask(page, question);
  await expectReceipt(page, "Answered by OpenAI, Gemini was busy");
  await expectReceipt(page, "1 credit");
  await expect(balance(page, 9)).toBeVisible();
});

test("when nobody can answer it costs nothing, says why with a request id, and can be tried again", async ({
  page,
  sandbox,
}) => {
  const question = newQuestion("Is anyone there?");
  await sandbox.fail("gemini", { kind: "status", status: 503, body: question, times: 2 });
  await sandbox.fail("openai", { kind: "status", status: 503, body: question, times: 2 });
  await enter(page);
  await ask(page, question);
  const failure = lastAnswer(page).getByRole("alert");
  await expect(failure).toContainText("No provider could answer");
  await expect(failure).toContainText(/[A-Za-z0-9]{16}/);
  await expect(balance(page, 10)).toBeVisible();
  await expectAccessible(page);
  await failure.getByRole("button", { name: /Try again/ }).click();
  await expectReceipt(page, "1 credit");
  await expect(balance(page, 9)).toBeVisible();
});

test("the same question again is answered from the cache for nothing", async ({ page }) => {
  await enter(page);
  const question = newQuestion("What is vellum?");
  await ask(page, question);
  await expectReceipt(page, "1 credit");
  await page.getByRole("link", { name: "New chat" }).first().click();
  await expect(page).toHaveURL(/\/chat$/);
  await ask(page, question);
  await expectReceipt(page, "Free, answered before");
  await expect(balance(page, 9)).toBeVisible();
});
