import { balance, enter, expect, expectAccessible, newQuestion, test } from "./fixtures";

test("an image is made at a double click, once, costs one credit, and hangs in the library after a reload", async ({
  page,
}) => {
  await enter(page, "/images");
  await expectAccessible(page);
  const prompt = newQuestion("A lighthouse in fog");
  await page.getByRole("textbox", { name: "Describe the picture" }).fill(prompt);
  await page.getByRole("button", { name: /^Make 1 image/ }).dblclick();

  const picture = page.getByRole("region", { name: "Your images" }).getByRole("link", { name: prompt, exact: true });
  await expect(picture).toBeVisible({ timeout: 30_000 });
  await expect(balance(page, 9)).toBeVisible();
  await page.reload();
  await expect(picture.getByRole("img")).toHaveJSProperty("complete", true);
  await expect(picture.getByRole("img")).not.toHaveJSProperty("naturalWidth", 0);
  await expect(balance(page, 9)).toBeVisible();
  await expectAccessible(page);

  await picture.click();
  await expect(page).toHaveURL(/\/images\/i_/);
  await expect(page.getByText(prompt).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.goto("/images");
  await expect(picture).toBeVisible();
  await page.goto("/dashboard");
  await expect(page.getByRole("main").getByRole("link", { name: prompt, exact: true })).toBeVisible();
  await expectAccessible(page);
});
