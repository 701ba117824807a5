import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("quotes what would break a line apart", () => {
  expect(csvLine(["plain", 3, 'says "no", twice', "two\nlines"])).toBe('plain,3,"says ""no"", twice","two\nlines"\r\n');
});

test("lets no text be run as a formula; numbers stay numbers", () => {
  expect(csvLine(["=1+1", "@sum", -3])).toBe("'=1+1,'@sum,-3\r\n");
});
