import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cellText, markdownTable, textTable } from "./table.mjs";

const VERDICTS = ["", "acceptance", "what", "measured", "promised"];

/** Prints a scenario's finding to the terminal. */
export function printFinding({ name, about, rows, notes = [], faults = [] }) {
  console.log(`\n${name}: ${about}\n`);
  if (rows.length > 0) console.log(textTable(...asTable(rows)));
  for (const note of notes) console.log(`  ${note}`);
  for (const fault of faults) console.log(`  WRONG: ${fault}`);
}

/** Prints what is promised, and whether it is kept. */
export function printVerdicts(findings) {
  const rows = verdictRows(findings);
  if (rows.length > 0) console.log(`\n${textTable(VERDICTS, rows)}`);
}

/** Writes `latest.json` and `latest.md` into a folder. */
export function writeResults(folder, result) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "latest.json"), `${JSON.stringify(result, undefined, 2)}\n`);
  writeFileSync(join(folder, "latest.md"), markdown(result));
}

function markdown({ at, machine, findings, skipped }) {
  const parts = [`# Benchmark of ${at}`, machine.join("  \n")];
  if (skipped.length > 0) parts.push(skipped.map(({ name, reason }) => `Left out: ${name} (${reason})`).join("  \n"));
  const verdicts = verdictRows(findings);
  if (verdicts.length > 0) parts.push("## What is promised", markdownTable(VERDICTS, verdicts));
  for (const { name, about, rows, notes = [], faults = [] } of findings) {
    parts.push(`## ${name}`, about);
    if (rows.length > 0) parts.push(markdownTable(...asTable(rows)));
    if (notes.length > 0) parts.push(notes.map((note) => `- ${note}`).join("\n"));
    if (faults.length > 0) parts.push(faults.map((fault) => `- **Wrong:** ${fault}`).join("\n"));
  }
  return `${parts.join("\n\n")}\n`;
}

function verdictRows(findings) {
  const verdicts = findings.flatMap(({ verdicts: of = [] }) => of);
  const sign = { true: "met", false: "NOT MET" };
  return verdicts.map(({ acceptance, what, value, promised, unit, met }) => [
    sign[met] ?? "not measured",
    acceptance,
    what,
    `${cellText(value)} ${unit}`,
    `${promised} ${unit}`,
  ]);
}

function asTable(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, rows.map((row) => columns.map((column) => row[column]))];
}
