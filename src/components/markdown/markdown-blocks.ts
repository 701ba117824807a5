const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const REFERENCE = /^ {0,3}\[[^\]]+\]:/m;
/** A line that may belong to what stands above the blank line before it: indented, a list item, a quotation. */
const CONTINUES = /^(\s+\S|[-*+] |\d{1,9}[.)] |>|\|)/;

/**
 * Cuts Markdown at blank lines into pieces that mean the same apart as together, so that while an answer grows only
 * its last piece is drawn again. Text with reference definitions or footnotes is left whole.
 */
export function splitBlocks(text: string): string[] {
  if (REFERENCE.test(text)) return [text];

  const blocks: string[] = [];
  let block: string[] = [];
  let fence: string | undefined;
  let maths = false;
  let blank = false;

  for (const line of text.split("\n")) {
    const inside = fence !== undefined || maths;
    if (blank && !inside && line.trim() !== "" && !CONTINUES.test(line)) {
      blocks.push(block.join("\n"));
      block = [];
    }
    block.push(line);
    const mark = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
    } else if (mark && !maths) {
      fence = mark;
    } else if (line.trim() === "$$") {
      maths = !maths;
    }
    blank = line.trim() === "";
  }
  blocks.push(block.join("\n"));
  return blocks.filter((piece) => piece.trim() !== "");
}
