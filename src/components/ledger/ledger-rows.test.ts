import { expect, test } from "vitest";
import type { LedgerEntry } from "@/shared/credits";
import { ledgerRows } from "./ledger-rows";

let made = 0;
const entry = (
  type: LedgerEntry["type"],
  requestId: string,
  deltaAvailable: number,
  deltaHeld: number,
  deltaOwed = 0,
): LedgerEntry => ({
  id: String(made++),
  type,
  requestId,
  deltaAvailable,
  deltaHeld,
  deltaOwed,
  reason: type.toLowerCase(),
  at: new Date(0),
});

test("tells what one request did in one line", () => {
  const rows = ledgerRows([
    entry("RELEASE", "failed", 1, -1),
    entry("HOLD", "failed", -1, 1),
    entry("CAPTURE", "answered", 0, -1),
    entry("HOLD", "answered", -1, 1),
    entry("GRANT", "welcome", 10, 0),
  ]);
  expect(rows.map(({ entry: { type }, effect }) => [type, effect])).toEqual([
    ["RELEASE", 0],
    ["CAPTURE", -1],
    ["GRANT", 10],
  ]);
});

test("knows a charge whose hold stands on a later page", () => {
  expect(ledgerRows([entry("CAPTURE", "answered", 0, -3)])[0]?.effect).toBe(-3);
});

test("tells a charge for part of what was set aside together with what came back", () => {
  const [row] = ledgerRows([
    entry("RELEASE", "four", 1, -1),
    entry("CAPTURE", "four", 0, -3),
    entry("HOLD", "four", -4, 4),
  ]);
  expect(row).toMatchObject({ effect: -3, reason: "release; capture" });
});

test("keeps apart what one message from PayPal brought and took", () => {
  const rows = ledgerRows([entry("REFUND", "webhook", -10, 0), entry("GRANT", "webhook", 10, 0)]);
  expect(rows.map(({ entry: { type }, effect }) => [type, effect])).toEqual([
    ["REFUND", -10],
    ["GRANT", 10],
  ]);
});

test("counts what repaid a debt, and what became one", () => {
  const [grant, refund] = ledgerRows([entry("GRANT", "bought", 6, 0, -4), entry("REFUND", "refunded", -8, 0, 2)]);
  expect(grant).toMatchObject({ effect: 10, repaid: 4 });
  expect(refund).toMatchObject({ effect: -10, repaid: -2 });
});

test("shows what came back by itself when only that is asked for", () => {
  expect(ledgerRows([entry("RELEASE", "failed", 1, -1)])[0]?.effect).toBe(1);
});
