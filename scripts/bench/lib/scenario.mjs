/**
 * A scenario measures one thing and says what it found. Each is a module in `scenarios/`, named in `scenarios/index.mjs`:
 *
 *   export default { name, about, run }
 *
 * `run(rig)` gets the Rig (lib/rig.mjs) with what the command line said in `rig.options`, and resolves to a Finding.
 *
 * @typedef {object} Finding
 * @property {Record<string, unknown>[]} rows one line of the table each; the keys are its columns, in their order of
 *   appearance. `case` and `contender` come first.
 * @property {Verdict[]} [verdicts] what is promised, and whether it is kept. Never decides the exit code.
 * @property {string[]} [faults] what must never happen and did: any makes the run fail.
 * @property {string[]} [notes] what the reader has to know beside it
 *
 * @typedef {{ acceptance: string, what: string, value: number, bound: number, unit: string, met: boolean }} Verdict
 */

/** A promise that a value stays at or below a bound. */
export const atMost = (acceptance, what, value, bound, unit = "×") =>
  verdict(acceptance, what, value, bound, `≤ ${bound}`, unit, value <= bound);

/** A promise that a value reaches a bound. */
export const atLeast = (acceptance, what, value, bound, unit = "×") =>
  verdict(acceptance, what, value, bound, `≥ ${bound}`, unit, value >= bound);

function verdict(acceptance, what, value, bound, promised, unit, met) {
  return { acceptance, what, value, bound, promised, unit, met: Number.isNaN(value) ? undefined : met };
}

/** One contender's value over another's; NaN when either was not measured. */
export function ratio(rows, find, column, [one, other]) {
  const measuredBy = (contender) =>
    rows.find((row) => row.contender === contender && find(row))?.[column] ?? Number.NaN;
  return measuredBy(one) / measuredBy(other);
}
