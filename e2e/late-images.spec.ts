import type { Page } from "@playwright/test";
import type { Fault } from "../src/sandbox";
import { apiOf, balance, test as base, enter, expect, expectAccessible, Instance, newQuestion } from "./fixtures";
import { SandboxControl } from "./fixtures/sandbox";

base.describe.configure({ mode: "default", timeout: 180_000 });

/** An instance where images are late after a second and a half, shared by the journeys of this file. */
const test = base.extend<{ sandbox: SandboxControl }, { instance: Instance }>({
  instance: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are needed.
    async ({}, use) => {
      const instance = await Instance.start({ IMAGE_TOTAL_MS: "1500", IMAGE_LATE_POLL_MS: "500" });
      await use(instance);
      await instance.dispose();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  sandbox: async ({ request, instance }, use) => {
    const sandbox = new SandboxControl(request, instance.sandboxAddress);
    await use(sandbox);
    await sandbox.reset();
  },
});

/** Images are ordered and made, but whoever asks how they stand is told to come back later. */
const OUT_OF_SIGHT: Fault = { kind: "status", status: 503, path: "/predictions/", times: 10_000 };
const LATE = "Still being drawn";
const card = (page: Page, prompt: string) =>
  page.getByRole("list", { name: "Being made" }).getByRole("listitem").filter({ hasText: prompt });
const picture = (page: Page, prompt: string) =>
  page.getByRole("region", { name: "Your images" }).getByRole("link", { name: prompt, exact: true });
/** The balance in the header while something is under way. */
const setAside = (page: Page, credits: number, held: number) =>
  page.getByRole("link", { name: `Balance: ${credits} credits to spend, ${held} set aside` });

async function make(page: Page, prompt: string): Promise<void> {
  const description = page.getByRole("textbox", { name: "Describe the picture" });
  await description.fill(prompt);
  await expect(page.getByRole("button", { name: /^Make 1 image/ })).toBeEnabled();
  await description.press("Enter");
}

test("a late image is said to be late, keeps nobody waiting, and hangs in the library when it comes", async ({
  page,
  instance,
  sandbox,
}) => {
  await sandbox.fail("replicate", OUT_OF_SIGHT);
  const first = newQuestion("A comet that takes its time");
  await enter(page, "/images", instance.address);
  await make(page, first);
  await expect(card(page, first)).toContainText(LATE);
  await expect(setAside(page, 9, 1)).toBeVisible();
  await expectAccessible(page);

  // The studio is there for something else meanwhile.
  const second = newQuestion("Its tail");
  await make(page, second);
  await expect(card(page, second)).toContainText(LATE);
  await expect(setAside(page, 8, 2)).toBeVisible();

  await sandbox.reset();
  for (const prompt of [first, second]) {
    await expect(picture(page, prompt)).toBeVisible({ timeout: 30_000 });
    await expect(card(page, prompt)).toHaveCount(0);
  }
  await expect(balance(page, 8)).toBeVisible();
});

test("a late image that comes to nothing gives its credit back, and says so", async ({ page, instance, sandbox }) => {
  await sandbox.fail("replicate", OUT_OF_SIGHT);
  const prompt = newQuestion("A comet that burns up");
  await sandbox.fail("replicate", { kind: "error-event", body: prompt });
  await enter(page, "/images", instance.address);
  await make(page, prompt);
  await expect(card(page, prompt)).toContainText(LATE);
  await expect(setAside(page, 9, 1)).toBeVisible();
  await sandbox.reset();
  const failure = page.getByRole("list", { name: "Being made" }).getByRole("alert");
  await expect(failure).toContainText("nothing was charged", { ignoreCase: true, timeout: 30_000 });
  await expect(failure).toContainText(/Request \S+/);
  await expect(failure.getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(balance(page, 10)).toBeVisible();
  await expectAccessible(page);
});

test("a late image that comes while its maker is elsewhere is there on return", async ({ page, instance, sandbox }) => {
  await sandbox.fail("replicate", OUT_OF_SIGHT);
  const prompt = newQuestion("A comet nobody watches");
  await enter(page, "/images", instance.address);
  await make(page, prompt);
  await expect(card(page, prompt)).toContainText(LATE);
  await page.getByRole("link", { name: "Chat" }).first().click();
  await expect(page).toHaveURL(/\/chat$/);
  await sandbox.reset();
  const library = await apiOf(page, instance.address);
  await expect.poll(async () => (await library.image.list.query({})).items.length, { timeout: 30_000 }).toBe(1);
  await page.getByRole("link", { name: "Images" }).first().click();
  await expect(picture(page, prompt)).toBeVisible();
  await expect(balance(page, 9)).toBeVisible();
});
