import { enter, enterAsOperator, expect, expectPresentable, newQuestion, operatorApi, test } from "./fixtures";
import { ask, expectReceipt } from "./fixtures/chat";

test("the overview is read as charts, as tables and as a file, by the spans its address says", async ({ page }) => {
  await enter(page);
  await ask(page, newQuestion("Something to count"));
  await expectReceipt(page, /1 credit/);

  await enterAsOperator(page);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page.getByText("Play money")).toBeVisible();
  const use = page.getByRole("region", { name: "Use" });
  const chart = use.getByRole("application", { name: "Use: Messages, Images" });
  // Figures are read anew every few seconds: somebody may have looked just before.
  await expect(async () => {
    await page.reload();
    await expect(chart).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await expectPresentable(page);

  // With the keyboard, point by point.
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await expect(use.getByRole("status")).toContainText(/Messages/);

  await page.getByRole("radio", { name: "Tables" }).click();
  await page.getByRole("radio", { name: "By week" }).click();
  await expect(page).toHaveURL(/by=week/);
  await page.reload();
  await expect(page.getByRole("radio", { name: "By week" })).toBeChecked();
  const rows = page.getByRole("table", { name: "Use" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("still under way");
  await expectPresentable(page);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const stream = await (await download).createReadStream();
  let csv = "";
  for await (const chunk of stream) csv += chunk;
  const { points } = await (await operatorApi()).admin.overview.query({ by: "week" });
  expect(csv.split("\r\n").filter(Boolean)).toHaveLength(points.length + 1);
});

test("the first steps stand there until they are done, and the books are proved on demand", async ({ page }) => {
  await enterAsOperator(page);
  await expect(page.getByRole("heading", { name: "First steps" })).toBeVisible();
  await page.getByRole("button", { name: "Check the books" }).press("Enter");
  const books = page.getByRole("region", { name: "The books" });
  // Other journeys may be in the middle of a payment: what the check says is theirs, that it says something is ours.
  await expect(books.getByRole("note")).toContainText(/accounts, .* entries/, { timeout: 60_000 });
  await expectPresentable(page);
});
