import type { BrowserContext, Page } from "@playwright/test";
import {
  ask,
  balance,
  test as base,
  enter,
  enterAsOperator,
  expect,
  expectPresentable,
  expectReceipt,
  Instance,
  lastAnswer,
  newQuestion,
  operatorApi,
  registerOperator,
  signedInApi,
} from "./fixtures";
import { slowQuestion } from "./fixtures/answer-text";
import { SandboxControl } from "./fixtures/sandbox";

// Settings hold for a whole instance: these journeys have one of their own, and go one after the other.
base.describe.configure({ mode: "serial", timeout: 180_000 });

const PEOPLE_MAX = 20;

let app: Instance;

/** Somebody with a browser of their own, watched as everybody's is. */
const test = base.extend<{ newPage: () => Promise<Page> }>({
  newPage: async ({ browser, guards }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      guards.watch(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  sandbox: async ({ request }, use) => use(new SandboxControl(request, app.sandboxAddress)),
});

test.beforeAll(async () => {
  app = await Instance.start();
  await registerOperator(app.address);
});

test.afterAll(async () => {
  await app?.dispose();
});

const toSettings = (page: Page) => enterAsOperator(page, "/admin/settings", app.address);
const saveBar = (page: Page) => page.getByRole("region", { name: "Unsaved changes" });

/** Saves, and waits for it to hold. */
async function save(page: Page): Promise<void> {
  await saveBar(page).getByRole("button", { name: /^Save/ }).click();
  await expect(saveBar(page)).toBeHidden();
}

test("a price is changed: what runs keeps its price, and the next one is asked for before it is charged", async ({
  page,
  newPage,
  sandbox,
  guards,
}) => {
  guards.allow(/409/);
  const reader = await newPage();
  await enter(reader, "/chat", app.address);
  const question = await slowQuestion(sandbox, "What does this cost when prices rise?");
  await ask(reader, question);
  await expect(reader.getByRole("button", { name: "Stop" })).toBeVisible();

  await toSettings(page);
  await expect(page.getByText("the environment's values hold")).toBeVisible();
  await page.getByLabel("Fast answer", { exact: true }).fill("");
  await saveBar(page).getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByLabel("Fast answer", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Fast answer", { exact: true })).toHaveAccessibleDescription(
    /Write a whole number from 0 to 10,000/,
  );
  await page.keyboard.type("2");
  await expect(saveBar(page)).toContainText("A fast answer: 1 credit → becomes 2 credits");
  await page.getByLabel("Note for the history").fill("Providers became dearer");
  await expectPresentable(page);
  await page.keyboard.press("Enter");
  await expect(saveBar(page)).toBeHidden();
  await expect(page.getByText(/Version 1, saved by operator@example.org/)).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Providers became dearer" })).toContainText("In force");

  await sandbox.hurry(question);
  await expectReceipt(reader, "1 credit");
  await expect(balance(reader, 9)).toBeVisible();
  // Whatever this page still knows, nobody is charged what they were not shown.
  await ask(reader, newQuestion("And now?"));
  const notice = reader.getByRole("alert").filter({ hasText: "This changed in the meantime" });
  await expect(notice.or(reader.getByText("2 credits · ")).first()).toBeVisible();
  if (await notice.isVisible()) {
    await expect(reader.getByText("Send· 2 credits")).toBeVisible();
    await notice.getByRole("button", { name: "Try again" }).click();
  }
  await expectReceipt(reader, "2 credits");
  await expect(balance(reader, 7)).toBeVisible();
  await reader.reload();
  await expect(reader.getByText("Send· 2 credits")).toBeVisible();
});

test("two administrators change the settings at once: the second sees what the first did, and decides", async ({
  page,
}) => {
  await toSettings(page);
  await page.getByLabel("Smart answer", { exact: true }).fill("5");
  const other = await operatorApi(app.address);
  const { version, values } = await other.admin.settings.query();
  await other.admin.saveSettings.mutate({
    version,
    values: { ...values, signUpBonus: 12, prices: { ...values.prices, chatSmart: 4 } },
    note: "A larger welcome",
  });
  await saveBar(page).getByRole("button", { name: /^Save/ }).click();
  const conflict = page.getByRole("region", { name: "Somebody else saved" });
  await expect(conflict).toContainText("“A larger welcome”");
  await expect(conflict.getByRole("list", { name: "What they changed" })).toContainText("12 credits");
  await expect(conflict).toContainText("You both changed A smart answer");
  await expectPresentable(page);
  await conflict.getByRole("button", { name: "Keep mine, on top of theirs" }).click();
  await expect(saveBar(page)).toContainText("A smart answer: 4 credits → becomes 5 credits");
  await save(page);
  const now = await other.admin.settings.query();
  expect(now.values).toMatchObject({ signUpBonus: 12, prices: { chatSmart: 5 } });
});

test("what is not saved is not lost by accident, and an earlier version is restored", async ({ page }) => {
  await toSettings(page);
  await page.getByLabel("Image", { exact: true }).fill("9");
  await page.getByRole("link", { name: "Audit" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Stay here" }).click();
  await expect(page.getByLabel("Image", { exact: true })).toHaveValue("9");
  await page.getByRole("textbox", { name: "Request id" }).fill("0123456789abcdef");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Stay here" }).click();
  await expect(page).toHaveURL(/\/admin\/settings/);
  await saveBar(page).getByRole("button", { name: "Discard" }).click();
  await expect(page.getByLabel("Image", { exact: true })).toHaveValue("1");

  await page.getByRole("button", { name: "Restore version 1" }).click();
  await expect(saveBar(page)).toContainText("Sign-up bonus: 12 credits → becomes 10 credits");
  await save(page);
  await expect(page.getByRole("listitem").filter({ hasText: "“Version 1 again”" })).toContainText("In force");
  await page.getByRole("link", { name: "Audit" }).click();
  const entry = page.getByRole("listitem").filter({ hasText: "Version 1 again" });
  await expect(entry).toContainText("signUpBonus: 12 → becomes 10");
  await expectPresentable(page);
});

test("with Gemini switched off OpenAI answers and says so", async ({ page, newPage }) => {
  const reader = await newPage();
  await enter(reader, "/chat", app.address);
  await enterAsOperator(page, "/admin/providers", app.address);
  await page.getByRole("switch", { name: "1. Gemini" }).press("Space");
  await expect(saveBar(page)).toContainText("Gemini: on → becomes off");
  await save(page);
  await expect(page.getByRole("region", { name: "Gemini" })).toContainText("Off");
  await ask(reader, newQuestion("Who answers while Gemini is off?"));
  await expectReceipt(reader, "by OpenAI");
  await expect(lastAnswer(reader)).not.toContainText("was busy");

  await page.getByRole("switch", { name: "1. Gemini" }).press("Space");
  await save(page);
  await ask(reader, newQuestion("And who answers now?"));
  await expectReceipt(reader, "Gemini");
});

test("a feature is rolled out to half of the people: some have it, others do not, and it stays so", async ({
  page,
  newPage,
}) => {
  await toSettings(page);
  await page.getByLabel("Images: percent of the people").fill("50");
  await expect(saveBar(page)).toContainText("Images: share of the people: 100 % → becomes 50 %");
  await save(page);

  const have = (reader: Page) => reader.getByRole("textbox", { name: "Describe the picture" });
  const haveNot = (reader: Page) => reader.getByText("Making images is not switched on for you yet");
  let someone: Page | undefined;
  let someoneElse: Page | undefined;
  for (let people = 0; people < PEOPLE_MAX && !(someone && someoneElse); people += 1) {
    const reader = await newPage();
    await enter(reader, "/images", app.address);
    await expect(have(reader).or(haveNot(reader))).toBeVisible();
    if (await have(reader).isVisible()) someone = reader;
    else someoneElse = reader;
  }
  if (!someone || !someoneElse) throw new Error(`Of ${PEOPLE_MAX} people all were the same.`);
  await expectPresentable(someoneElse);
  await someone.reload();
  await someoneElse.reload();
  await expect(have(someone)).toBeVisible();
  await expect(haveNot(someoneElse)).toBeVisible();

  // Rolled out to everybody, those who had it keep it.
  await page.getByLabel("Images: percent of the people").fill("100");
  await save(page);
  await someone.reload();
  await someoneElse.reload();
  await expect(have(someone)).toBeVisible();
  await expect(have(someoneElse)).toBeVisible();
});

test("what the operator has to say stands on every page until it is closed; a closed door says so", async ({
  page,
  newPage,
  guards,
}) => {
  guards.allow(/404 .*\/nothing-here/);
  await toSettings(page);
  await page.getByRole("switch", { name: "Maintenance banner" }).click();
  await page.getByLabel("What the banner says").fill("On Sunday we move house.");
  await page.getByRole("switch", { name: "Registration" }).click();
  await save(page);

  const stranger = await newPage();
  for (const path of ["/", "/sign-in", "/status", "/nothing-here"]) {
    await stranger.goto(`${app.address}${path}`);
    await expect(stranger.getByText("On Sunday we move house.").first()).toBeVisible();
  }
  await stranger.goto(`${app.address}/sign-up`);
  await expect(stranger.getByRole("heading", { name: "No new accounts just now" })).toBeVisible();
  await expectPresentable(stranger);
  await stranger.getByRole("button", { name: "Hide this message" }).click();
  await expect(stranger.getByText("On Sunday we move house.")).toBeHidden();
  await stranger.reload();
  await expect(stranger.getByText("On Sunday we move house.")).toBeHidden();
  await expect(page.getByText("On Sunday we move house.").first()).toBeVisible();

  const other = await operatorApi(app.address);
  const { version, values } = await other.admin.settings.query();
  const maintenance = { on: true, message: "On Monday we move house." };
  await other.admin.saveSettings.mutate({ version, values: { ...values, registrationOpen: true, maintenance } });
  await stranger.reload();
  await expect(stranger.getByText("On Monday we move house.")).toBeVisible();
  await expect(stranger.getByRole("button", { name: "Sign up" })).toBeVisible();
  await signedInApi(app.address);
});
