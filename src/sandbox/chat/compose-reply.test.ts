import { describe, expect, test } from "vitest";
import { asksForBlock, composeReply, splitIntoTokens } from "./compose-reply";
import { countTokens, type SandboxPrompt } from "./prompt";

function prompt(text: string, changes: Partial<SandboxPrompt> = {}): SandboxPrompt {
  return { flavour: "gemini", model: "m", system: "", turns: [{ role: "user", text }], ...changes };
}

describe.each(["gemini", "openai"] as const)("%s", (flavour) => {
  const reply = (text: string, changes: Partial<SandboxPrompt> = {}) =>
    composeReply(prompt(text, { flavour, ...changes }));

  test("says that it is the sandbox and gives the prompt back", () => {
    expect(reply("Why do herons stand on one leg?")).toMatch(/sandbox/i);
    expect(reply("Why do herons stand on one leg?")).toContain("Why do herons stand on one leg?");
  });

  test("is long enough to be seen streaming, even for a word", () => {
    expect(splitIntoTokens(reply("hi")).length).toBeGreaterThanOrEqual(36);
  });

  test("shows that it read the earlier turns", () => {
    const turns = [
      { role: "user" as const, text: "Tell me about herons" },
      { role: "assistant" as const, text: "They wade." },
      { role: "user" as const, text: "And where?" },
    ];
    expect(reply("", { turns })).toMatch(/one earlier question, about \*herons\*/);
    expect(reply("And where?")).not.toContain("earlier question");
  });

  test.each([
    ["a Python function", /```python\n/],
    ["some TypeScript code", /```typescript\n/],
    ["an SQL query", /```sql\n/],
    ["a table of teas", /\| :-- \|/],
    ["the maths of it", /\$\$\n[^$]+\n\$\$/],
    ["an equation", /\$[^$\n]+\$/],
  ])("asked for %s it brings it", (wish, pattern) => {
    expect(reply(`Please show me ${wish}`)).toMatch(pattern);
    expect(reply("Please show me a poem")).not.toMatch(pattern);
  });

  test("`sandbox: long` makes it at least 400 tokens", () => {
    expect(countTokens(reply("sandbox: long"))).toBeGreaterThanOrEqual(400);
    expect(splitIntoTokens(reply("sandbox: long")).length).toBeGreaterThanOrEqual(400);
  });
});

test("the same conversation gets the same reply, another one a different reply", () => {
  expect(composeReply(prompt("herons"))).toBe(composeReply(prompt("herons")));
  expect(composeReply(prompt("herons"))).not.toBe(composeReply(prompt("storks")));
  expect(composeReply(prompt("herons"))).not.toBe(composeReply(prompt("herons", { flavour: "openai" })));
});

test("the pieces join to exactly the reply", () => {
  const reply = composeReply(prompt("a table and code, please"));
  expect(splitIntoTokens(reply).join("")).toBe(reply);
});

test("Markdown in the prompt cannot break out of the quotation", () => {
  expect(composeReply(prompt("```\n# `x` | y $$"))).not.toContain("```");
});

test("`sandbox: blocked` asks for a refusal", () => {
  expect(asksForBlock(prompt("sandbox: blocked"))).toBe(true);
  expect(asksForBlock(prompt("what is a sandbox?"))).toBe(false);
});
