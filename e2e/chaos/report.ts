import { describeViolation, type Journal } from "./journal";

/** Everything a run did and found, to be read by people. */
export function report(journal: Journal, memory: { thirds: number[]; samples: number }): string {
  const acts = [...journal.acts]
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([act, outcomes]) => [`  ${act}: ${sum(outcomes)}`, ...sorted(outcomes).map((line) => `      ${line}`)]);
  const violations = journal.violations.map(describeViolation);
  return [
    "What users did:",
    ...acts,
    "What went wrong on purpose:",
    ...sorted(journal.faults).map((line) => `  ${line}`),
    `Memory of A, medians of thirds (${memory.samples} samples): ${memory.thirds.map((mb) => `${mb.toFixed(0)} MB`).join(", ")}`,
    violations.length === 0 ? "No promise was broken." : `${violations.length} promises were broken:`,
    ...violations,
  ].join("\n");
}

const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, count) => total + count, 0);

/** The most frequent first. */
const sorted = (counts: ReadonlyMap<string, number>) =>
  [...counts].sort(([, one], [, other]) => other - one).map(([name, count]) => `${String(count).padStart(5)}  ${name}`);
