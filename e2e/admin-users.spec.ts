import type { Page } from "@playwright/test";
import {
  balance,
  enter,
  enterAsOperator,
  expect,
  expectPresentable,
  newPerson,
  operatorApi,
  signIn,
  test,
} from "./fixtures";

/** Finds somebody in the list by what is written into its search, and opens them. */
async function find(page: Page, words: string, name: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Search users" }).fill(words);
  await expect(page).toHaveURL(/query=/);
  await page.getByRole("link", { name: new RegExp(name) }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test("somebody is found and given credits, and their open tab shows it by itself", async ({
  page,
  browser,
  guards,
}) => {
  const elsewhere = await browser.newContext();
  guards.watch(elsewhere);
  const theirs = await elsewhere.newPage();
  const reader = await enter(theirs, "/dashboard");
  await expect(balance(theirs, 10)).toBeVisible();

  await enterAsOperator(page, "/admin/users");
  await expect(page.getByRole("table", { name: "Users" })).toBeVisible();
  await expectPresentable(page);
  await find(page, reader.email.slice(0, 12), reader.name);
  await expect(page.getByText("Welcome to Inkwell")).toBeVisible();
  await expectPresentable(page);

  // With the keyboard alone, from the button to the outcome.
  await page.getByRole("button", { name: "Adjust credits…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: `Adjust the credits of ${reader.name}` });
  await dialog.getByLabel("Credits").fill("15");
  await expect(dialog.getByText("+15: 10 credits to spend, then 25 credits.")).toBeVisible();
  await expectPresentable(page);
  await dialog.getByLabel("Credits").press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Reason")).toHaveAccessibleDescription(/Say why/);
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  await page.keyboard.type("A gift for patience");
  await page.keyboard.press("Enter");

  await expect(dialog).toBeHidden();
  await expect(page.getByText(`${reader.name} has 25 credits to spend.`)).toBeVisible();
  await expect(page.getByRole("region", { name: "Credits" })).toContainText("25");
  await expect(page.getByRole("listitem").filter({ hasText: "A gift for patience" })).toContainText("+15");
  await expect(balance(theirs, 25)).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByText("A gift for patience")).toBeVisible();
  await elsewhere.close();
});

test("no more is taken than there is: the dialog says so and stays", async ({ page, guards }) => {
  guards.allow(/400/);
  const reader = await enter(page, "/dashboard");
  await enterAsOperator(page, "/admin/users");
  await find(page, reader.email, reader.name);
  await page.getByRole("button", { name: "Adjust credits…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Take" }).click();
  await dialog.getByLabel("Credits").fill("11");
  await expect(dialog.getByText("There are only 10 credits to take.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("Taken by mistake");
  await dialog.getByRole("button", { name: "Adjust", exact: true }).click();
  await expect(dialog.getByLabel("Credits")).toHaveAccessibleDescription(/There are only 10 credits to take, not 11/);
  await dialog.getByLabel("Credits").fill("10");
  await dialog.getByRole("button", { name: "Adjust", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`${reader.name} has 0 credits to spend.`)).toBeVisible();
});

test("somebody is suspended, refused at their next step, and restored", async ({ page, browser, guards }) => {
  guards.allow(/401|403/);
  const elsewhere = await browser.newContext();
  guards.watch(elsewhere);
  const theirs = await elsewhere.newPage();
  const reader = await enter(theirs, "/dashboard");
  await enterAsOperator(page, "/admin/users");
  await find(page, reader.email, reader.name);

  await page.getByRole("button", { name: "Suspend…" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("Asked for by its owner");
  await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
  await expect(page.getByRole("button", { name: "Restore…" })).toBeVisible();
  await theirs.goto("/dashboard");
  await expect(theirs).toHaveURL(/sign-in/);

  await page.getByRole("button", { name: "Restore…" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("Asked for by its owner");
  await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
  await expect(page.getByRole("button", { name: "Suspend…" })).toBeVisible();
  await signIn(theirs, reader);
  await theirs.goto("/dashboard");
  await expect(theirs.getByRole("heading", { name: new RegExp(reader.name) })).toBeVisible();
  await elsewhere.close();
});

test("a role is changed, and an account deleted behind its address", async ({ page, guards }) => {
  guards.allow(/400/);
  const reader = await enter(page, "/dashboard");
  await enterAsOperator(page, "/admin/users");
  await find(page, reader.email, reader.name);
  await page.getByRole("button", { name: "Change role…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Role").selectOption("Subscriber");
  await dialog.getByLabel("Reason").fill("A friend of the house");
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("main").getByText("Subscriber", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Delete account…" }).click();
  await dialog.getByLabel("Reason").fill("Wishes to be forgotten");
  await dialog.getByLabel("Their address").fill(newPerson().email);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(dialog.getByLabel("Their address")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Their address").fill(reader.email);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(page).toHaveURL(/\/admin\/users$/);
  const { items } = await (await operatorApi()).admin.users.query({ query: reader.email });
  expect(items).toEqual([]);
});

test("what a person did is shown without what they wrote", async ({ page }) => {
  const reader = await enter(page, "/dashboard");
  await enterAsOperator(page, "/admin/users");
  await find(page, reader.email, reader.name);
  for (const [kind, text] of [
    ["Purchases", "Nothing bought yet."],
    ["Conversations", "Nothing was asked yet."],
    ["Images", "No image was made yet."],
    ["Sessions", "Signed in"],
  ] as const) {
    await page.getByRole("radio", { name: new RegExp(`^${kind}`) }).click();
    await expect(page.getByRole("region", { name: "Records" })).toContainText(text);
  }
  await expectPresentable(page);
  await page.reload();
  await expect(page.getByRole("radio", { name: /^Sessions/ })).toBeChecked();
});

test("nobody else sees the panel: for them there is no such page", async ({ page, guards }) => {
  guards.allow(/404/);
  await enter(page, "/admin");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeHidden();
  await page.goto("/admin/users");
  await expect(page.getByRole("searchbox", { name: "Search users" })).toBeHidden();
});
