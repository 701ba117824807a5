/**
 * How answers ended, as their reader saw it.
 * @param {{ status: number, failure?: Error, reader: import("./token-reader.mjs").TokenReader }[]} samples
 * @param {number} tokens of a whole answer
 * @returns `truncated`: cut short without a word; `doubled`: text that came twice, or of two providers; `told`: cut short
 *   or refused, and said so
 */
export function judgeAnswers(samples, tokens) {
  const counts = { answers: samples.length, whole: 0, truncated: 0, doubled: 0, told: 0 };
  for (const { status, failure, reader } of samples) {
    const { names, end } = reader;
    const isOneText = new Set(names.map((name) => name[0])).size <= 1 && new Set(names).size === names.length;
    if (!isOneText) counts.doubled += 1;
    else if (names.length === tokens) counts.whole += 1;
    else if (status !== 200 || failure || end === "error") counts.told += 1;
    else counts.truncated += 1;
  }
  return counts;
}
