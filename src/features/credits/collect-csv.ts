/** Puts a file together from the pieces it comes in, and says after each how many lines there are. */
export async function collectCsv(pieces: AsyncIterable<string>, onLines: (lines: number) => void): Promise<Blob> {
  const parts: string[] = [];
  let lines = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    for (const character of piece) if (character === "\n") lines += 1;
    // The first line names the columns.
    onLines(Math.max(0, lines - 1));
  }
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

/** "inkwell-credits-2026-10-01.csv". */
export const csvName = (now: Date) => `inkwell-credits-${now.toISOString().slice(0, 10)}.csv`;
