import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop, orderOf, type Shop } from "./test-kit";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function visit(path: string, choice?: string) {
  const answer = await fetch(`${shop.sandbox.url}/paypal${path}`, {
    method: choice === undefined ? "GET" : "POST",
    body: choice === undefined ? undefined : new URLSearchParams({ choice }),
  });
  return { status: answer.status, text: await answer.text(), policy: answer.headers.get("content-security-policy") };
}
const statusOf = async (id: string) => (await shop.call("GET", `/v2/checkout/orders/${id}`)).body.status;
const capture = (id: string) => shop.call("POST", `/v2/checkout/orders/${id}/capture`, {});

test("shows what is bought and for how much, and that no money moves", async () => {
  const page = await visit(`/checkoutnow?token=${await shop.order()}`);
  expect(page.status).toBe(200);
  for (const shown of ["no real money", "Inkwell", "500 credits", "20.00 USD", "Pay now", "Decline the card"]) {
    expect(page.text).toContain(shown);
  }
  // Served under whatever address the app proxies it: it names none.
  expect(page.text).not.toMatch(/(action|src|href)=/);
});

test("escapes what the shop says", async () => {
  const nasty = `"><script>alert('1')</script>`;
  const body = {
    intent: "CAPTURE",
    purchase_units: [{ description: nasty, amount: { currency_code: "USD", value: "1.00" } }],
    payment_source: {
      paypal: { experience_context: { brand_name: nasty, cancel_url: `http://localhost/?q=${nasty}` } },
    },
  };
  const { id } = (await shop.call("POST", "/v2/checkout/orders", body)).body;
  for (const { text } of [await visit(`/checkoutnow?token=${id}`), await visit(`/checkoutnow?token=${id}`, "cancel")]) {
    expect(text).not.toContain("<script>alert");
    expect(text).not.toContain(`"><`);
  }
});

test("takes no address that a browser would run", async () => {
  const order = orderOf({ currency_code: "USD", value: "1.00" });
  const body = { ...order, application_context: { return_url: "javascript:alert(1)" } };
  expect((await shop.call("POST", "/v2/checkout/orders", body)).status).toBe(400);
});

test("pays, and leads back to the shop", async () => {
  const id = await shop.order();
  const paid = await visit(`/checkoutnow?token=${id}`, "pay");
  expect(paid.text).toContain(
    `data-back="http://localhost:3000/credits?paid=&amp;token=${id}&amp;PayerID=SANDBOXPAYER1"`,
  );
  expect(paid.text).toContain(`data-result="approved" data-token="${id}"`);
  // Its one script is the one the policy names.
  expect(paid.policy).toMatch(/script-src 'sha256-[^']+'/);
  expect(await statusOf(id)).toBe("APPROVED");
  expect((await capture(id)).status).toBe(201);
  expect((await visit(`/checkoutnow?token=${id}`)).text).toContain("Already paid");
});

test("leaves a payment under review, declines a card, or cancels", async () => {
  const reviewed = await shop.order();
  await visit(`/checkoutnow?token=${reviewed}`, "review");
  expect((await capture(reviewed)).body.purchase_units[0].payments.captures[0].status).toBe("PENDING");

  const declined = await shop.order();
  await visit(`/checkoutnow?token=${declined}`, "decline");
  expect((await capture(declined)).body.details[0].issue).toBe("INSTRUMENT_DECLINED");
  expect((await visit(`/checkoutnow?token=${declined}`)).text).toContain("Your card was declined. Choose again.");
  await visit(`/checkoutnow?token=${declined}`, "pay");
  expect((await capture(declined)).status).toBe(201);

  const cancelled = await shop.order();
  const page = await visit(`/checkoutnow?token=${cancelled}`, "cancel");
  expect(page.text).toContain(`data-back="http://localhost:3000/credits?cancelled=&amp;token=${cancelled}"`);
  expect(page.text).toContain('data-result="cancelled"');
  expect(await statusOf(cancelled)).toBe("PAYER_ACTION_REQUIRED");
});

test("subscribes, under any name the approval has", async () => {
  const made = await shop.call("POST", "/v1/billing/subscriptions", {
    plan_id: "P-1",
    application_context: { brand_name: "Inkwell", return_url: "http://localhost:3000/plan" },
  });
  const { id, links } = made.body;
  const query = new URL(links[0].href).search;
  const page = await visit(`/webapps/billing/subscriptions${query}`);
  for (const shown of ["no real money", "Inkwell Subscriber", "8.00 USD a month", "Subscribe"]) {
    expect(page.text).toContain(shown);
  }
  const path = `/webapps/billing/subscriptions?subscription_id=${id}`;
  expect((await visit(path, "decline")).text).toContain("The card was declined");
  const done = await visit(path, "pay");
  expect(done.text).toContain(`data-subscription="${id}"`);
  expect(done.text).toContain(`data-back="http://localhost:3000/plan?subscription_id=${id}&amp;ba_token=BA-`);
  expect((await shop.call("GET", `/v1/billing/subscriptions/${id}`)).body.status).toBe("ACTIVE");
  expect((await visit(path)).text).toContain("This subscription is active.");
});

test("says so when there is nothing to approve", async () => {
  for (const path of ["/checkoutnow?token=NOPE", "/checkoutnow", "/webapps/billing/subscriptions?ba_token=NOPE"]) {
    expect(await visit(path)).toMatchObject({ status: 404, text: expect.stringContaining("Not found") });
  }
});
