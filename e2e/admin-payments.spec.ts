import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import {
  apiOf,
  balance,
  enter,
  enterAsOperator,
  expect,
  expectPresentable,
  operatorApi,
  type Person,
  type SandboxControl,
  test,
} from "./fixtures";

interface Buyer extends Person {
  purchaseId: string;
  captureId: string;
}

/** Someone new in this page who has just bought 20 credits for $2.00. Ends at the dashboard. */
async function enterAsBuyer(page: Page, sandbox: SandboxControl): Promise<Buyer> {
  const person = await enter(page, "/dashboard");
  const { payments } = await apiOf(page, new URL(page.url()).origin);
  const { orderId } = await payments.createOrder.mutate({ packId: "20", idempotencyKey: randomUUID() });
  await sandbox.approve(orderId);
  const { purchaseId } = await payments.captureOrder.mutate({ orderId });
  const { captureId } = await payments.purchase.query({ purchaseId });
  if (!captureId) throw new Error("The order was not paid.");
  await expect(balance(page, 30)).toBeVisible();
  return { ...person, purchaseId, captureId };
}

async function findPayment(page: Page, { email }: Buyer, words: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Search payments" }).fill(words);
  await expect(page).toHaveURL(/query=/);
  // Until they are found the others are still there.
  const row = page.getByRole("row").filter({ hasText: email });
  await row.getByRole("link", { name: /^20 credits/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "20 credits for $2.00" })).toBeVisible();
}

test("a purchase is refunded: what is spent already is owed, and the buyer's open tab shows it by itself", async ({
  page,
  browser,
  guards,
  sandbox,
}) => {
  const elsewhere = await browser.newContext();
  guards.watch(elsewhere);
  const theirs = await elsewhere.newPage();
  const buyer = await enterAsBuyer(theirs, sandbox);
  const api = await operatorApi();
  const { items } = await api.admin.users.query({ query: buyer.email });
  const userId = items[0]?.id ?? "";
  const spent = { userId, amount: -25, reason: "As good as spent", idempotencyKey: randomUUID() };
  await api.admin.adjustCredits.mutate(spent);

  await enterAsOperator(page, "/admin/payments?state=CREDITED");
  await expect(page.getByRole("table", { name: "Payments" })).toBeVisible();
  await expectPresentable(page);
  await findPayment(page, buyer, buyer.email);
  await expect(page.getByRole("link", { name: buyer.email })).toBeVisible();
  await expectPresentable(page);

  await page.getByRole("button", { name: "Refund…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: `Refund ${buyer.email}` });
  const amount = dialog.getByLabel("Amount in USD");
  await expect(amount).toHaveValue("2.00");
  await expect(amount).toHaveAccessibleDescription(/20 credits will be taken: of 5, 0 stay, and 15 credits .* owed/);
  await expectPresentable(page);
  await dialog.getByLabel("Reason").fill("Bought by mistake");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByText("$2.00 refunded.")).toBeVisible();
  await expect(page.getByText("Refunded: $2.00 back, 20 credits taken back")).toBeVisible();
  await expect(page.getByRole("button", { name: "Refund…" })).toBeHidden();
  await expect(theirs.getByRole("link", { name: "Balance: 0 credits to spend, 15 owed" })).toBeVisible();
  await expect(theirs.getByText("15 will be repaid out of your next credits")).toBeVisible();
  await elsewhere.close();
});

test("a part is refunded, and after PayPal failed once the same dialog refunds it once", async ({
  page,
  guards,
  sandbox,
}) => {
  guards.allow(/503/);
  const buyer = await enterAsBuyer(page, sandbox);
  await enterAsOperator(page, "/admin/payments");
  await findPayment(page, buyer, buyer.purchaseId);
  await page.getByRole("button", { name: "Refund…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Amount in USD").fill("2.01");
  await dialog.getByLabel("Reason").fill("Half of it was no use");
  await dialog.getByRole("button", { name: "Refund", exact: true }).click();
  await expect(dialog.getByLabel("Amount in USD")).toHaveAccessibleDescription(/No more than \$2\.00 is left/);

  const path = `/v2/payments/captures/${buyer.captureId}/refund`;
  await sandbox.fail("paypal", { kind: "status", status: 503, path });
  await dialog.getByLabel("Amount in USD").fill("1.00");
  await dialog.getByRole("button", { name: "Refund", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText(/[A-Za-z0-9]{16}/);
  await expectPresentable(page);
  await dialog.getByRole("button", { name: "Refund", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Refunded in part: $1.00 back, 10 credits taken back")).toBeVisible();

  await page.getByRole("button", { name: "Refund…" }).click();
  await expect(dialog.getByLabel("Amount in USD")).toHaveValue("1.00");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Refund…" })).toBeFocused();
});
