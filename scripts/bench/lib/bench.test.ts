import { describe, expect, test } from "vitest";
import { fitGrowth } from "./growth.mjs";
import { foreignCores, quietWindows } from "./noise.mjs";
import { median, medianOfQuarters, quantile } from "./statistics.mjs";
import { cellText, markdownTable, textTable } from "./table.mjs";

describe("quantiles", () => {
  test("lie between the two nearest samples, in whatever order they came", () => {
    expect(quantile([40, 10, 30, 20], 0.5)).toBe(25);
    expect(quantile([1, 2, 3, 4, 5], 0.99)).toBeCloseTo(4.96);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });

  test("of the quarters of a series, oldest first", () => {
    expect(medianOfQuarters([1, 1, 2, 2, 3, 3, 9, 9])).toEqual([1, 2, 3, 9]);
  });
});

describe("growth", () => {
  const at = (cost: (n: number) => number) => fitGrowth([10, 1_000, 100_000].map((n) => ({ n, ms: cost(n) })));

  test("is named by its shape", () => {
    expect(at((n) => 5 + 0.001 * n).shape).toBe("O(n)");
    expect(at((n) => 5 + Math.log(n)).shape).toBe("O(log n)");
  });

  test("of a cost that only wavers, or falls, is none", () => {
    expect(at(() => 5)).toEqual({ shape: "O(1)", ratio: 1 });
    expect(fitGrowth([10, 1_000, 100_000].map((n, i) => ({ n, ms: [5, 5.2, 4.9][i] ?? 0 }))).shape).toBe("O(1)");
    expect(at((n) => 20 - Math.log(n)).shape).toBe("O(1)");
  });

  test("has the ratio of the largest size to the smallest", () => {
    expect(at((n) => 4 + n / 50_000).ratio).toBeCloseTo(1.5, 2);
  });
});

describe("noise", () => {
  test("is what the machine did beyond ourselves, in cores", () => {
    const before = { busy: 100, own: 40, total: 1_000, cores: 2 };
    expect(foreignCores(before, { busy: 200, own: 90, total: 1_200, cores: 2 })).toBe(0.5);
    expect(foreignCores(before, { busy: 150, own: 120, total: 1_200, cores: 2 })).toBe(0);
    expect(foreignCores(before, before)).toBe(0);
  });

  test("spoils a window, unless there are too few quiet ones", () => {
    const windows = [{ foreign: 0.1 }, { foreign: 0.9 }, { foreign: 0.2 }, { foreign: 0.4 }];
    expect(quietWindows(windows, 2)).toEqual({ kept: [{ foreign: 0.1 }, { foreign: 0.2 }], thrown: 2, noisy: false });
    expect(quietWindows(windows, 3)).toEqual({
      kept: [{ foreign: 0.1 }, { foreign: 0.2 }, { foreign: 0.4 }],
      thrown: 1,
      noisy: true,
    });
  });
});

describe("tables", () => {
  test("line up, with numbers to the right", () => {
    expect(
      textTable(
        ["who", "ms"],
        [
          ["direct", 0.7123],
          ["a proxy", 1_204],
        ],
      ),
    ).toBe(["who         ms", "───────  ─────", "direct   0.712", "a proxy  1,204"].join("\n"));
  });

  test("are Markdown too, whatever stands in them", () => {
    expect(
      markdownTable(
        ["who", "ms"],
        [
          ["a|b", 3],
          ["c", undefined],
        ],
      ),
    ).toBe(["| who | ms |", "| --- | ---: |", "| a\\|b | 3 |", "| c | – |"].join("\n"));
  });

  test("say nothing of what is not known", () => {
    expect([undefined, Number.NaN, 0, 99.96, 123.4].map(cellText)).toEqual(["–", "–", "0", "100", "123"]);
  });
});
