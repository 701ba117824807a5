import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { apiOf, ask, balance, enter, expect, expectAccessible, expectReceipt, newQuestion, test } from "./fixtures";

const payButton = (page: Page) => page.getByRole("button", { name: "Pay with PayPal (sandbox)" });

/** Chooses a pack, and opens PayPal's window on it. */
async function toPayPal(page: Page, credits: number): Promise<Page> {
  await page.getByRole("radio", { name: new RegExp(`^${credits} credits for`) }).click();
  const popup = page.waitForEvent("popup");
  await payButton(page).first().click();
  const window = await popup;
  await expect(window.getByText("no real money")).toBeVisible();
  return window;
}

test("a pack is bought, the balance rises by itself in every tab, and the receipt can be printed", async ({ page }) => {
  await enter(page, "/buy-credits");
  const other = await page.context().newPage();
  await other.goto("/dashboard");
  await expect(balance(other, 10)).toBeVisible();
  await expect(payButton(page).first()).toBeVisible();
  await expectAccessible(page);

  const paypal = await toPayPal(page, 20);
  await expect(paypal.getByText("2.00 USD")).toBeVisible();
  await expectAccessible(paypal);
  await paypal.getByRole("button", { name: "Pay now" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Thank you: 20 credits" })).toBeVisible();
  await expect(balance(page, 30)).toBeVisible();
  await expect(balance(other, 30)).toBeVisible();

  await page.getByRole("link", { name: "Receipt" }).click();
  await expect(page.getByRole("heading", { name: "Receipt" })).toBeVisible();
  await expectAccessible(page);
  const printed = page.waitForFunction(() => document.documentElement.dataset.printed === "yes");
  await page.evaluate(() =>
    window.addEventListener("beforeprint", () => {
      document.documentElement.dataset.printed = "yes";
    }),
  );
  await page.getByRole("button", { name: "Print receipt" }).click();
  await printed;
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Print receipt" })).toBeHidden();
  await expect(page.getByRole("navigation")).toBeHidden();
  await expect(page.getByText("$2.00").first()).toBeVisible();
  await page.emulateMedia({ media: "screen" });

  await page.goto("/dashboard");
  await expect(page.getByText("20 credits bought for $2.00")).toBeVisible();
  await expect(page.getByRole("link", { name: /^20 credits\s*Paid/ })).toBeVisible();
  await expectAccessible(page);
});

test("cancelled at PayPal, nothing is charged, and it can be chosen again", async ({ page }) => {
  await enter(page, "/buy-credits");
  const paypal = await toPayPal(page, 10);
  await paypal.getByRole("button", { name: "Cancel and return" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Nothing was charged" })).toBeVisible();
  await expect(balance(page, 10)).toBeVisible();
  const again = await toPayPal(page, 10);
  await again.getByRole("button", { name: "Pay now" }).click();
  await expect(balance(page, 20)).toBeVisible();
});

test("a declined card says so; a payment under review says that there is nothing to do", async ({ page, guards }) => {
  guards.allow(/402/);
  await enter(page, "/buy-credits");
  const declined = await toPayPal(page, 10);
  await declined.getByRole("button", { name: "Decline the card" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was charged" })).toBeVisible();
  await expect(balance(page, 10)).toBeVisible();
  await page.getByRole("button", { name: "Choose a pack again" }).click();
  const review = await toPayPal(page, 10);
  await review.getByRole("button", { name: /under review/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "PayPal is still checking" })).toBeVisible();
  await expect(balance(page, 10)).toBeVisible();
});

test("with PayPal's button blocked, PayPal's own site does the same and brings the buyer back", async ({
  page,
  guards,
}) => {
  guards.allow(/ERR_FAILED|ERR_BLOCKED|sdk\/js|The script "/);
  await enter(page);
  await page.route("**/sdk/js*", (route) => route.abort());
  await page.goto("/buy-credits");
  await page.getByRole("radio", { name: /^10 credits for/ }).click();
  const notice = page.getByRole("status").filter({ hasText: "PayPal's button did not load" }).first();
  await expect(notice).toBeVisible();
  await expectAccessible(page);
  await notice.getByRole("button", { name: "Pay on PayPal's site" }).click();
  await page.getByRole("button", { name: "Pay now" }).click();
  await expect(page).toHaveURL(/\/buy-credits/);
  await expect(page.getByRole("status").filter({ hasText: "Thank you: 10 credits" })).toBeVisible();
  await expect(balance(page, 20)).toBeVisible();
  // The same return once more, as a reload does it: nothing is bought twice.
  await page.reload();
  await expect(balance(page, 20)).toBeVisible();
});

test("with PayPal down it says so, charges nothing, and works when PayPal is back", async ({
  page,
  sandbox,
  guards,
}) => {
  guards.allow(/503/);
  await enter(page, "/buy-credits");
  await page.getByRole("radio", { name: /^50 credits for/ }).click();
  // Nobody else buys this pack.
  await sandbox.fail("paypal", { kind: "status", status: 503, path: "/v2/checkout/orders", body: '"5.00"' });
  await payButton(page).first().click();
  const failure = page.getByRole("alert").filter({ hasText: /Nothing was charged/ });
  await expect(failure).toBeVisible();
  await expect(failure).toContainText(/[A-Za-z0-9]{16}/);
  const paypal = await toPayPal(page, 50);
  await paypal.getByRole("button", { name: "Pay now" }).click();
  await expect(balance(page, 60)).toBeVisible();
});

test("out of credits in the middle of writing: bought in a dialog, and the message goes out by itself", async ({
  page,
  baseURL,
}) => {
  await enter(page);
  const api = await apiOf(page, baseURL ?? "");
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      const content = newQuestion("Spend one");
      const events = await api.chat.send.mutate({ content, idempotencyKey: randomUUID() });
      for await (const event of events) if (event.type === "error") throw new Error(event.message);
    }),
  );
  await page.reload();
  await expect(balance(page, 0)).toBeVisible();
  const question = newQuestion("Kept while I pay?");
  await ask(page, question);
  const dialog = page.getByRole("dialog", { name: "Buy credits" });
  await expect(dialog).toBeVisible();
  await expect(payButton(page)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("textbox", { name: "Your message" })).toHaveValue(question);

  await page.getByRole("textbox", { name: "Your message" }).press("Enter");
  const paypal = await toPayPal(page, 10);
  await paypal.getByRole("button", { name: "Pay now" }).click();
  await expect(dialog).toBeHidden();
  await expectReceipt(page, /1 credit/);
  await expect(page.getByRole("article").filter({ hasText: question })).toHaveCount(1);
  await expect(balance(page, 9)).toBeVisible();
});

test("a subscription makes a subscriber, and is cancelled in the settings", async ({ page }) => {
  await enter(page, "/buy-credits");
  const popup = page.waitForEvent("popup");
  await page
    .getByRole("region", { name: "Subscription" })
    .getByRole("button", { name: /PayPal/ })
    .click();
  const paypal = await popup;
  await paypal.getByRole("button", { name: "Subscribe", exact: true }).click();
  await expect(balance(page, 110)).toBeVisible();
  await page.goto("/settings");
  await expect(page.getByText("100 credits for $8.00 a month.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Cancel subscription…" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel your subscription?" });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel subscription", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/until|ends/i).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel subscription…" })).toBeHidden();
  // What is paid for stays: the smart model is still theirs.
  const api = await apiOf(page, new URL(page.url()).origin);
  expect((await api.account.me.query()).role).toBe("SUBSCRIBER");
});

test("the ledger is read by kind and taken home as a file", async ({ page }) => {
  await enter(page);
  await ask(page, newQuestion("What does this cost?"));
  await expectReceipt(page, /1 credit/);
  await page.goto("/dashboard");
  await page.getByRole("radio", { name: "Spent" }).click();
  await expect(page).toHaveURL(/spent/);
  await expect(page.getByText("An answer for 1 credit")).toBeVisible();
  await expect(page.getByText("Welcome to Inkwell")).toBeHidden();
  await page.reload();
  await expect(page.getByText("Welcome to Inkwell")).toBeHidden();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const stream = await (await download).createReadStream();
  let csv = "";
  for await (const chunk of stream) csv += chunk;
  expect(csv.split("\r\n").filter(Boolean)).toHaveLength(4);
  expect(csv).toContain("Welcome to Inkwell");
});
