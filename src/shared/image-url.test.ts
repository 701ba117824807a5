import { expect, test } from "vitest";
import { imageVariantUrl } from "./image-url";

const OPTIONS = "c_limit,f_auto,q_auto,w_640";

test.each([
  [
    "https://res.cloudinary.com/demo/image/upload/v1/inkwell/a.webp",
    `https://res.cloudinary.com/demo/image/upload/${OPTIONS}/v1/inkwell/a.webp`,
  ],
  [
    "http://127.0.0.1:3001/cloudinary/demo/image/upload/v1/a.webp",
    `http://127.0.0.1:3001/cloudinary/demo/image/upload/${OPTIONS}/v1/a.webp`,
  ],
  [
    "https://demo-res.cloudinary.com/image/upload/a.png?_a=1",
    `https://demo-res.cloudinary.com/image/upload/${OPTIONS}/a.png?_a=1`,
  ],
])("%s", (url, expected) => {
  expect(imageVariantUrl(url, { width: 640 })).toBe(expected);
});

test.each(["/logo.svg", "https://example.com/a.png", "https://example.com/?next=/image/upload/x", "data:image/png,x"])(
  "%s stays as it is",
  (url) => {
    expect(imageVariantUrl(url, { width: 640 })).toBe(url);
  },
);

test("a fraction of a pixel is rounded", () => {
  expect(imageVariantUrl("https://x.test/image/upload/a", { width: 10.4 })).toContain("w_10/");
});
