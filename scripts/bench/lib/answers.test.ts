import { describe, expect, test } from "vitest";
import { addedToFirst, isWhole } from "./ask.mjs";
import { judgeAnswers } from "./judge-answers.mjs";
import { TokenReader } from "./token-reader.mjs";
import { readOrder } from "./upstream-answer.mjs";

const read = (pieces: string[], options = {}) => {
  const reader = new TokenReader(options);
  for (const piece of pieces) reader.feed(piece);
  return reader;
};

const sample = (pieces: string[], more = {}) => ({
  status: 200,
  failure: undefined,
  sent: 0,
  reader: read(pieces, { lines: true }),
  ...more,
});
const delta = (text: string) => `[3,1,[[{"json":{"type":"delta","seq":0,"text":"${text}"}}]]]\n`;
const done = (text: string) => `[3,1,[[{"json":{"type":"done","message":{"content":"${text}"}}}]]]\n`;

describe("the reader of tokens", () => {
  test("finds them wherever the pieces break, and knows the first one's times", () => {
    const { names, first, relays } = read(['data: {"text":"@g0,12', '00,1000;"}\n\ndata: {"text":"@g1,1300;"}\n']);
    expect(names).toEqual(["g0", "g1"]);
    expect(first).toMatchObject({ written: 1_200, received: 1_000 });
    expect(relays).toHaveLength(2);
  });

  test("does not count the whole answer that stands in a reply's last line", () => {
    const { names, end } = read([delta("@g0,20,10;"), delta("@g1,30;@g2,40;"), done("@g0,20,10;@g1,30;@g2,40;")], {
      lines: true,
    });
    expect(names).toEqual(["g0", "g1", "g2"]);
    expect(end).toBe("done");
  });
});

test("what is added to the first token is what the upstream did not take", () => {
  const { added, before, after } = addedToFirst({
    sent: 1_000,
    reader: { first: { received: 3_000, written: 23_000, arrived: 24_500 } },
  });
  expect([added, before, after]).toEqual([3.5, 2, 1.5]);
});

test("an answer is whole when all of it came, once and in order", () => {
  expect(isWhole(sample([delta("@g0,20,10;"), delta("@g1,30;")]), 2)).toBe(true);
  expect(isWhole(sample([delta("@g1,30;"), delta("@g0,20,10;")]), 2)).toBe(false);
  expect(isWhole(sample([delta("@g0,20,10;")]), 2)).toBe(false);
});

test("answers are judged by what their reader saw", () => {
  const whole = sample([delta("@g0,20,10;"), delta("@g1,30;"), done("")]);
  const silent = sample([delta("@g0,20,10;"), done("")]);
  const told = sample([delta("@g0,20,10;"), '{"type":"error"}\n']);
  const ofTwo = sample([delta("@g0,20,10;"), delta("@o0,50,40;"), delta("@o1,60;"), done("")]);
  const twice = sample([delta("@g0,20,10;"), delta("@g0,20,10;"), done("")]);
  expect(judgeAnswers([whole, silent, told, ofTwo, twice], 2)).toEqual({
    answers: 5,
    whole: 1,
    truncated: 1,
    doubled: 2,
    told: 1,
  });
});

test("the last order in a prompt counts, and what it does not say is as usual", () => {
  const body = '{"text":"{{bench first=5}}"},{"text":"Again. {{bench tokens=3 gemini=500 id=a1}}"}';
  expect(readOrder(body)).toEqual({ first: 20, gap: 2, tokens: 3, gemini: "500", id: "a1" });
  expect(readOrder("Hello")).toEqual({ first: 20, gap: 2, tokens: 20 });
});
