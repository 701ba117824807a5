import { expect, test } from "vitest";
import { collectCsv, csvName } from "./collect-csv";

async function* pieces(...texts: string[]) {
  yield* texts;
}

test("keeps every piece in order and counts the lines below the heading", async () => {
  const seen: number[] = [];
  const file = await collectCsv(pieces("at,type\r\n", "1,GRANT\r\n2,HO", "LD\r\n"), (lines) => seen.push(lines));
  expect(await file.text()).toBe("at,type\r\n1,GRANT\r\n2,HOLD\r\n");
  expect(file.type).toBe("text/csv;charset=utf-8");
  expect(seen).toEqual([0, 1, 2]);
});

test("gives no file when a piece is missing", async () => {
  async function* broken() {
    yield "at,type\r\n";
    throw new Error("cut");
  }
  await expect(collectCsv(broken(), () => undefined)).rejects.toThrow("cut");
});

test("names the file by its day", () => {
  expect(csvName(new Date("2026-10-01T23:00:00Z"))).toBe("inkwell-credits-2026-10-01.csv");
});
