import { FAULTS, type FaultCase, MOMENTS, PLACES } from "./fault-cases";

/** What became of one use. */
export interface FaultOutcome {
  /** Who gave the answer; undefined when there was none. */
  answeredBy: "gemini" | "openai" | undefined;
  error: string | undefined;
  text: "whole" | "begun" | "none";
  charged: number;
  cached: boolean;
  calls: { gemini: number; openai: number };
}

const NAMES = { gemini: "Gemini", openai: "OpenAI" };

const INTRODUCTION = `# What a provider's bad moment means for the user

Written and checked by \`tests/faults/faults.service.test.ts\`: every fault the sandbox can play, at Gemini, at OpenAI or at
both, for as long as the request lasts, before any text or after five pieces of it. In a fault that some providers have in
two forms the sandbox plays the one that fits the moment: a \`status\` after text is an error inside the stream. Breakers are
out of the way here, and the retry budget is never used up.

A cell says who answered, or the error in the stream and what is kept of the text; then what it cost, and in brackets the
calls made to Gemini and to OpenAI. Answers marked * are kept for the next who asks the same.

After a change that is meant: \`npx vitest run --project services tests/faults -u\`, and read the difference.
`;

/** The whole page. */
export function writeFaultTable(outcomes: { fault: FaultCase; outcome: FaultOutcome }[]): string {
  const cell = (place: string, name: string, moment: number) => {
    const found = outcomes.find(
      ({ fault }) => fault.place.name === place && fault.name === name && fault.moment === moment,
    );
    if (!found) throw new Error(`no outcome of ${name} ${place}`);
    return describeOutcome(found.outcome);
  };
  const sections = PLACES.map(({ name: place }) =>
    [
      `## ${place}\n`,
      "| Fault | before any text | after five pieces |",
      "| --- | --- | --- |",
      ...FAULTS.map(({ name }) => `| ${[name, ...MOMENTS.map((moment) => cell(place, name, moment))].join(" | ")} |`),
      "",
    ].join("\n"),
  );
  return [INTRODUCTION, ...sections].join("\n");
}

function describeOutcome({ answeredBy, error, text, charged, cached, calls }: FaultOutcome): string {
  const kept = { whole: "", begun: ", what came is kept", none: "" }[text];
  const what = answeredBy ? `${NAMES[answeredBy]} answers${cached ? "*" : ""}` : `${error}${kept}`;
  return `${what}; ${charged} (${calls.gemini} + ${calls.openai})`;
}
