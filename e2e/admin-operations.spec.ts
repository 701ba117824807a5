import { enterAsOperator, expect, expectPresentable, test } from "./fixtures";

test("the doctor looks the instance over, and again when asked", async ({ page }) => {
  await enterAsOperator(page, "/admin/doctor");
  const looked = page.getByRole("status").filter({ hasText: /\d+ things looked at/ });
  await expect(looked).toBeVisible({ timeout: 60_000 });
  await expectPresentable(page);
  const before = await looked.textContent();
  await page.getByRole("button", { name: "Run again" }).press("Enter");
  await expect(looked).not.toHaveText(before ?? "", { timeout: 60_000 });
});

test("each provider shows how it does, and is tried at once", async ({ page }) => {
  await enterAsOperator(page, "/admin/providers");
  const openai = page.getByRole("region", { name: "OpenAI" });
  await expect(openai).toContainText("Sandbox");
  await openai.getByRole("button", { name: "Test OpenAI now" }).press("Enter");
  await expect(openai.getByRole("status")).toContainText(/Works \(sandbox\)/);
  await expect(openai.getByRole("status")).toContainText(/\d+ ms|\d s/);
  await page.getByRole("button", { name: "Test Database now" }).click();
  await expect(page.getByRole("region", { name: "What everything stands on" })).toContainText("Works");
  await expect(page.getByRole("region", { name: "Processes" }).getByRole("listitem")).not.toHaveCount(0);
  await expectPresentable(page);
});

test("everybody can see how the service does, also without an account", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Status" }).click();
  await expect(page).toHaveURL(/\/status$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const part of ["Chat", "Images", "Payments"])
    await expect(page.getByRole("heading", { level: 2, name: part, exact: true })).toBeVisible();
  await expectPresentable(page);
  await page.getByText("The same as a table").press("Enter");
  await expect(page.getByRole("table")).toBeVisible();
  await expectPresentable(page);
});
