import sharp from "sharp";
import { expect, test } from "vitest";
import { composeArt } from "./compose-art";
import { renderArt } from "./render-art";
import { sizeOf } from "./size";

const fox = { prompt: "a fox in a teapot", seed: 1, index: 0, width: 256, height: 192 };

/** Mean difference between two pictures, 0 (same) to 255. */
async function difference(a: typeof fox, b: typeof fox): Promise<number> {
  const [one, two] = await Promise.all(
    [a, b].map(async (request) =>
      sharp(await renderArt(request, "png"))
        .removeAlpha()
        .raw()
        .toBuffer(),
    ),
  );
  if (!one || !two || one.length !== two.length) throw new Error("The pictures cannot be compared.");
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += Math.abs((one[i] ?? 0) - (two[i] ?? 0));
  return sum / one.length;
}

test("the same request gives the same picture", () => {
  expect(composeArt(fox)).toBe(composeArt({ ...fox }));
});

test.each([
  ["prompt", { prompt: "a whale at sea" }],
  ["seed", { seed: 2 }],
  ["index", { index: 1 }],
])("another %s gives a visibly different picture", async (_, change) => {
  expect(await difference(fox, { ...fox, ...change })).toBeGreaterThan(8);
});

test.each([
  ["1:1", 1024, 1024],
  ["16:9", 1344, 768],
  ["9:16", 768, 1344],
  ["4:3", 1152, 896],
  ["3:4", 896, 1152],
  ["3:2", 1216, 832],
  ["2:3", 832, 1216],
])("%s is %i × %i", (ratio, width, height) => {
  expect(sizeOf(ratio)).toEqual({ width, height });
});

test("an unknown ratio has no size", () => {
  expect(sizeOf("5:1")).toBeUndefined();
});

test.each(["webp", "png", "jpg"] as const)("renders %s at the size asked for", async (format) => {
  expect(await sharp(await renderArt(fox, format)).metadata()).toMatchObject({
    format: format === "jpg" ? "jpeg" : format,
    width: 256,
    height: 192,
  });
});

test("says in a corner where it comes from, and draws nothing out of range", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const svg = composeArt({ ...fox, prompt: `subject ${seed}`, seed });
    expect(svg).toContain(">sandbox</text>");
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  }
});
