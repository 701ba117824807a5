import {
  ask,
  enter,
  enterAsOperator,
  expect,
  expectPresentable,
  expectReceipt,
  lastAnswer,
  newQuestion,
  operatorApi,
  test,
} from "./fixtures";

test("the id under somebody's error tells an administrator what happened", async ({
  page,
  browser,
  sandbox,
  guards,
}) => {
  const elsewhere = await browser.newContext();
  guards.watch(elsewhere);
  const theirs = await elsewhere.newPage();
  const reader = await enter(theirs);
  const question = newQuestion("Is anybody there tonight?");
  await sandbox.fail("gemini", { kind: "status", status: 503, body: question, times: 2 });
  await sandbox.fail("openai", { kind: "status", status: 503, body: question, times: 2 });
  await ask(theirs, question);
  const failure = lastAnswer(theirs).getByRole("alert");
  await expect(failure).toContainText("No provider could answer");
  // They can copy the id; the story is not theirs to read.
  await expect(failure.getByRole("button", { name: "Copy the request id" })).toBeVisible();
  await expect(failure.getByRole("link")).toHaveCount(0);
  const id = /[A-Za-z0-9]{16}/.exec((await failure.textContent()) ?? "")?.[0] ?? "";
  await elsewhere.close();

  await enterAsOperator(page, "/admin/requests");
  await expectPresentable(page);
  const box = page.getByRole("main").getByRole("form", { name: "Paste a request id" }).getByRole("textbox");
  await box.fill(` ${id} `);
  await box.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/admin/requests/${id}$`));
  await expect(page.getByText("chat.send", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: reader.email })).toBeVisible();
  const story = page.getByRole("list", { name: "What happened, in the order of time" });
  const moment = (words: string | RegExp) => story.getByRole("listitem").filter({ hasText: words });
  await expect(moment("Within the limit for chat")).toHaveCount(1);
  await expect(moment("Gemini failed: 503")).toHaveCount(2);
  await expect(moment("OpenAI failed: 503")).toHaveCount(1);
  await expect(moment("OpenAI failed: 503")).toContainText(/from .+, for .+ms|at .+ms/);
  await expect(moment("nothing charged")).toHaveCount(1);
  await expect(moment("1 credit set aside for an answer")).toHaveCount(1);
  // The log's own fields are there for whoever wants them.
  await moment("Within the limit for chat").getByText("2 fields").press("Enter");
  await expect(moment("Within the limit for chat")).toContainText("allowed");
  expect(await page.content()).not.toContain(question);
  await expectPresentable(page);
  await page.getByRole("link", { name: reader.email }).click();
  await expect(page.getByRole("heading", { level: 1, name: reader.name })).toBeVisible();
});

test("an administrator's own errors and answers lead to their stories", async ({ page, sandbox }) => {
  const question = newQuestion("And for the one in charge?");
  await sandbox.fail("gemini", { kind: "status", status: 503, body: question, times: 2 });
  await sandbox.fail("openai", { kind: "status", status: 503, body: question, times: 2 });
  await enterAsOperator(page, "/chat");
  await ask(page, question);
  await lastAnswer(page)
    .getByRole("alert")
    .getByRole("link", { name: /[A-Za-z0-9]{16}/ })
    .click();
  await expect(page.getByRole("heading", { name: "What happened" })).toBeVisible();
  await page.goBack();
  await lastAnswer(page)
    .getByRole("button", { name: /Try again/ })
    .click();
  await expectReceipt(page, "credit");
  await lastAnswer(page)
    .getByRole("link", { name: /^The story of request/ })
    .click();
  await expect(page.getByText(/The answer is complete/)).toBeVisible();
});

test("an id nobody knows is explained, and one that is none is refused where it is written", async ({ page }) => {
  await enterAsOperator(page, "/admin/requests/0000000000000000");
  await expect(page.getByText("Nothing is known of this request")).toBeVisible();
  await expect(page.getByText("Stories are kept for 30 days")).toBeVisible();
  await expectPresentable(page);
  const box = page.getByRole("form", { name: "Find another request" }).getByRole("textbox");
  await box.fill("what?");
  await box.press("Enter");
  await expect(box).toHaveAccessibleDescription(/8 to 64 letters/);
});

test("the audit log says who changed what and why, by area and by person", async ({ page }) => {
  const reader = await enter(page, "/dashboard");
  const api = await operatorApi();
  const { items } = await api.admin.users.query({ query: reader.email });
  const userId = items[0]?.id ?? "";
  const reason = `Won the lottery of ${userId}`;
  await api.admin.setRole.mutate({ userId, role: "SUBSCRIBER", reason });
  await enterAsOperator(page, `/admin/audit?action=user&subject=${userId}`);
  const entry = page.getByRole("listitem").filter({ hasText: reason });
  await expect(entry).toContainText("USER → becomes SUBSCRIBER");
  await expect(entry.getByRole("link", { name: reader.email })).toBeVisible();
  await expect(entry.getByRole("link", { name: "operator@example.org" })).toBeVisible();
  await expectPresentable(page);
  await page.getByRole("combobox", { name: "Area" }).selectOption("Settings");
  await expect(page.getByText("Nothing of this kind is written down.")).toBeVisible();
  await page.getByRole("button", { name: "Show everything" }).click();
  await page.getByRole("searchbox", { name: "Whom or what it concerns" }).fill(userId);
  await expect(entry).toBeVisible();
  await entry.getByRole("link", { name: /^The story of request/ }).click();
  await expect(page.getByText("admin.setRole", { exact: true }).first()).toBeVisible();
});
