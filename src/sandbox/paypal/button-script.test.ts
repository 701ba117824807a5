import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop, type Shop } from "./test-kit";

let shop: Shop;
let script: string;
beforeAll(async () => {
  shop = await openShop();
  script = await (await load("?client-id=sandbox&currency=USD")).text();
});
afterAll(() => shop.close());

const load = (query: string) => fetch(`${shop.sandbox.url}/paypal/sdk/js${query}`);

/** Runs the script as a page would, under the address of an app that proxies it. */
function run(dataset: Record<string, string> = {}) {
  const window: Record<string, { Buttons(props: object): { isEligible(): boolean } } | undefined> = {};
  const currentScript = { src: "https://app.example/api/sandbox-paypal/sdk/js?client-id=sandbox", dataset };
  runInNewContext(script, { window, document: { currentScript }, URL });
  return window;
}

test("is a script, and wants a client id as PayPal's does", async () => {
  const answer = await load("?client-id=sandbox");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/javascript; charset=utf-8"]);
  expect(() => new Function(script)).not.toThrow();
  expect((await load("")).status).toBe(400);
});

test("defines the names the loader looks for, under the namespace it asks for", () => {
  const { paypal } = run();
  expect(paypal).toMatchObject({ version: expect.any(String), FUNDING: { PAYPAL: "paypal" } });
  const named = run({ namespace: "payShop" });
  expect(Object.keys(named)).toEqual(["payShop"]);
  expect(Object.keys(named.payShop?.Buttons({ createOrder: () => "1" }) ?? {})).toEqual([
    "isEligible",
    "render",
    "close",
    "updateProps",
  ]);
});

test("offers no card fields and no wallets", () => {
  const { paypal } = run();
  expect(paypal?.Buttons({}).isEligible()).toBe(true);
  expect(paypal?.Buttons({ fundingSource: "card" }).isEligible()).toBe(false);
});
