import { describe, expect, test } from "vitest";
import { parseDeliveryPath } from "./cloudinary-variant";

const parse = (path: string, accept = "image/webp,*/*") => parseDeliveryPath(path, accept);

describe("a delivery path", () => {
  test("without options is the original format of a public id with folders", () => {
    expect(parse("v12/inkwell/a-b_c.png")).toMatchObject({
      publicId: "inkwell/a-b_c",
      versioned: true,
      settled: "png",
    });
  });

  test("takes options before the version", () => {
    expect(parse("c_fill,w_300,h_200,q_60/v1/x.png")).toEqual({
      publicId: "x",
      versioned: true,
      format: "png",
      settled: "png",
      width: 300,
      height: 200,
      crop: "fill",
      quality: 60,
    });
  });

  test("takes chained options and none at all", () => {
    expect(parse("w_10/f_webp/x.png")).toMatchObject({ width: 10, settled: "webp", versioned: false });
    expect(parse("x")).toMatchObject({ publicId: "x", versioned: false });
  });

  test("settles the automatic format by what the browser accepts", () => {
    expect(parse("f_auto/x.png", "image/webp")).toMatchObject({ format: "auto", settled: "webp" });
    expect(parse("f_auto/x.png", "image/png")).toMatchObject({ format: "auto", settled: "jpg" });
  });

  test("bounds the size and ignores nonsense", () => {
    expect(parse("w_99999/x.png")?.width).toBe(4096);
    expect(parse("w_-3/x.png")?.width).toBeUndefined();
  });

  test.each(["a/../../b.png", "%E0%A4%A.png", ""])("%j is refused", (path) => {
    expect(parse(path)).toBeUndefined();
  });
});
