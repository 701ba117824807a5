import { randomUUID } from "node:crypto";
import {
  apiOf,
  ask,
  balance,
  enter,
  expect,
  expectAccessible,
  Instance,
  newQuestion,
  signedInApi,
  signUp,
  test,
} from "./fixtures";

test("out of credits: it says so, keeps what was written, and charges nothing", async ({ page, baseURL }) => {
  await enter(page);
  const api = await apiOf(page, baseURL ?? "");
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      const content = newQuestion("Spend one");
      const events = await api.chat.send.mutate({ content, idempotencyKey: randomUUID() });
      for await (const event of events) if (event.type === "error") throw new Error(event.message);
    }),
  );
  await expect(balance(page, 0)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("status").filter({ hasText: "Your well is dry" })).toBeVisible();
  const box = page.getByRole("textbox", { name: "Your message" });
  await box.fill("One more, please");
  await box.press("Enter");
  await expect(box).toHaveValue("One more, please");
  await expectAccessible(page);
});

test.describe("with a fifth of the limits as shipped", () => {
  test.describe.configure({ timeout: 120_000 });
  let instance: Instance;
  test.beforeAll(async () => {
    instance = await Instance.start({ E2E_LIMIT_SCALE: "0.2" });
  });
  test.afterAll(() => instance.dispose());

  test("too fast: it says when to try again, keeps what was written, and charges nothing", async ({ browser }) => {
    // The first to sign up becomes the administrator, who may do more.
    await signedInApi(instance.address);
    const page = await (await browser.newContext({ baseURL: instance.address })).newPage();
    await signUp(page);
    const api = await apiOf(page, instance.address);
    // Refused for their input, these cost a token each and no credit; the next token comes after fifteen seconds.
    const wasted = Array.from({ length: 6 }, () =>
      api.chat.send.mutate({ content: " ", idempotencyKey: randomUUID() }).then(
        () => "allowed",
        (error) => error.data.appCode,
      ),
    );
    expect(await Promise.all(wasted)).not.toContain("allowed");
    await ask(page, "Am I too fast?");
    const failure = page.getByRole("alert").filter({ hasText: "A little too fast" });
    await expect(failure).toBeVisible();
    await expect(balance(page, 10)).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Your message" })).toHaveValue("Am I too fast?");
    await expect(failure.getByRole("button", { name: /^Try again$/ })).toBeEnabled({ timeout: 30_000 });
  });
});
