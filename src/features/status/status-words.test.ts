import { expect, test } from "vitest";
import { barHeight, daysInWords, shareInWords } from "./status-words";

const day = (delivered: number | null) => ({ day: new Date("2026-03-03"), delivered });

test("only all is 100 %", () => {
  expect(shareInWords(1)).toBe("100 %");
  expect(shareInWords(0.9996)).toBe("99.9 %");
  expect(shareInWords(0)).toBe("0 %");
  expect(shareInWords(null)).toBe("–");
});

test("says in words what the bars show", () => {
  expect(daysInWords([day(null), day(null)])).toBe("Nothing was asked in the last 30 days.");
  expect(daysInWords([day(null), day(1), day(0.97), day(0.995)])).toBe(
    "Delivered on the 3 days something was asked: 99 % and more on 2, 97 % on the worst.",
  );
});

test("a bar stands lower the less was delivered, and is never gone", () => {
  expect(barHeight(1)).toBe(100);
  expect(barHeight(0.95)).toBe(60);
  expect(barHeight(0.5)).toBe(20);
});
