import { expect, test } from "vitest";
import type { LedgerEntry } from "@/shared/credits";
import { ledgerRows } from "./ledger-rows";

let made = 0;
const entry = (
  type: LedgerEntry["type"],
  requestId: string,
  deltaAvailable: number,
  deltaHeld: number,
): LedgerEntry => ({
  id: String(made++),
  type,
  requestId,
  deltaAvailable,
  deltaHeld,
  deltaOwed: 0,
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
