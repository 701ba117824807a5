import { expect, test } from "vitest";
import { spread } from "./end-labels";

test("leaves labels where they are when there is room", () => {
  expect(spread([20, 80], 14, 0, 100)).toEqual([20, 80]);
});

test("moves labels apart, each staying in its place in the order", () => {
  expect(spread([50, 48, 52], 14, 0, 100)).toEqual([62, 48, 76]);
});

test("keeps them on the page", () => {
  expect(spread([98, 99], 14, 0, 100)).toEqual([86, 100]);
  expect(spread([-5, 2], 14, 0, 100)).toEqual([0, 14]);
});
