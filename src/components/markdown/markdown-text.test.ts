import { describe, expect, test } from "vitest";
import { completeMarkdown } from "./complete-markdown";
import { splitBlocks } from "./markdown-blocks";
import { normaliseMaths } from "./markdown-maths";

describe("completeMarkdown", () => {
  test.each([
    ["closes bold", "A **bold", "A **bold**"],
    ["drops bold that has only begun", "A **", "A"],
    ["closes emphasis inside bold", "A **bold *and", "A **bold *and***"],
    ["closes code", "Run `npm ci", "Run `npm ci`"],
    ["leaves a multiplication alone", "2 * 3 is", "2 * 3 is"],
    ["shows a link's words before its address is whole", "See [the page](https://exa", "See the page"],
    ["shows a link's words before its bracket is closed", "See [the pa", "See the pa"],
    ["holds a lone bullet back", "List:\n- one\n-", "List:\n- one"],
    ["holds a rule that would turn text into a heading", "Text\n--", "Text"],
    ["holds a table's head until its rule has come", "Look:\n\n| a | b |", "Look:\n"],
    ["shows a table with its rule", "| a |\n| --- |\n| 1", "| a |\n| --- |\n| 1"],
    ["holds half a formula", "So $$x = ", "So"],
    ["leaves an open code block to itself", "```js\nconst a = **", "```js\nconst a = **"],
    ["closes only what is open in the last paragraph", "A **b\n\nC", "A **b\n\nC"],
  ])("%s", (_, text, shown) => {
    expect(completeMarkdown(text).trimEnd()).toBe(shown.trimEnd());
  });
});

describe("splitBlocks", () => {
  test("cuts between paragraphs, and not inside lists, code or formulas", () => {
    const text = "One\n\n- a\n\n- b\n\n```\nx\n\ny\n```\n\n$$\nx\n\ny\n$$\n\nLast";
    expect(splitBlocks(text)).toEqual(["One\n\n- a\n\n- b\n", "```\nx\n\ny\n```\n", "$$\nx\n\ny\n$$\n", "Last"]);
  });

  test("keeps a text with reference definitions whole", () => {
    const text = "A [b][c].\n\n[c]: https://example.org";
    expect(splitBlocks(text)).toEqual([text]);
  });
});

describe("normaliseMaths", () => {
  test("knows formulas from money, and leaves code alone", () => {
    expect(normaliseMaths("Costs $5 to $10.")).toBe("Costs $5 to $10.");
    expect(normaliseMaths("With $x^2$ and \\(y\\).")).toBe("With $$x^2$$ and $$y$$.");
    expect(normaliseMaths("\\[a = b\\]")).toBe("\n$$\na = b\n$$\n");
    expect(normaliseMaths("`$x$`")).toBe("`$x$`");
  });
});
