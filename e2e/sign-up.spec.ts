import { expect, expectAccessible, newPerson, signIn, signUp, test } from "./fixtures";

test("a stranger opens an account and is in the studio, with credits to begin with", async ({ page }) => {
  await page.goto("/");
  await expectAccessible(page);
  await page.goto("/sign-up");
  await expectAccessible(page);

  await signUp(page);
  await expect(page.getByRole("link", { name: "Balance: 10 credits to spend" })).toBeVisible();
  await expectAccessible(page);
});

test("the account is there after signing out, and its password opens it", async ({ page, context }) => {
  const person = await signUp(page);
  await context.clearCookies();
  await signIn(page, person);
  await expect(page).toHaveURL(/\/(chat|dashboard)/);
});

test("a wrong password is refused with a sentence, and opens nothing", async ({ page, context, guards }) => {
  guards.allow(/401/);
  const person = await signUp(page);
  await context.clearCookies();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(newPerson().password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/sign-in/);
});

test("a password that is too short is refused beside its field", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByLabel("E-mail").fill(newPerson().email);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(/at least 10 characters/i);
  await expect(page).toHaveURL(/sign-up/);
});
