import { outsideCode } from "./markdown-maths";

/** True while the last code fence is still open. */
function insideFence(text: string): boolean {
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (!mark) continue;
    if (open === undefined) open = mark;
    else if (mark.startsWith(open)) open = undefined;
  }
  return open !== undefined;
}

/** Lines that mean nothing yet: a lone bullet, hash, rule or fence, which may turn into something else. */
const UNDECIDED = /^\s*([-*+]|\d{1,9}[.)]|#{1,6}|=+|-{1,}|\*{1,3}|_{1,3}|>|`{1,2}|~{1,2}|\$|\\)\s*$/;
const TABLE_RULE = /^\s*\|?(\s*:?-+:?\s*\|)+\s*(:?-+:?)?\s*$/;

/** Holds back a table of which only the head has come: until its rule is there it would be set as text. */
function holdTableHead(lines: string[]): string[] {
  let first = lines.length;
  while (first > 0 && /^\s*\|/.test(lines[first - 1] ?? "")) first--;
  const rows = lines.slice(first);
  const hasRule = rows.some((row) => TABLE_RULE.test(row) && row.includes("-"));
  return rows.length > 0 && rows.length <= 2 && !hasRule ? lines.slice(0, first) : lines;
}

/** Holds back a formula that has begun but not ended: half of one cannot be set. */
function holdFormula(text: string): string {
  const bare = outsideCode(text, (piece) => piece.replace(/\\\[[\s\S]*?\\\]|\\\(.*?\\\)|\$\$[\s\S]*?\$\$/g, "x"));
  const opener = /\$\$|\\\[|\\\(/.exec(bare)?.[0];
  return opener ? text.slice(0, text.lastIndexOf(opener)) : text;
}

/** Turns a link that is still being written into its words. */
function settleLinks(tail: string): string {
  return tail
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*$/, "$1")
    .replace(/!?\[([^\]\n]*)\]$/, "$1")
    .replace(/!?\[([^\]\n]*)$/, "$1");
}

const RUN = /\\.|`[^`\n]*`|\*{1,3}|~~/g;

/** Closes the emphasis and code that the last paragraph has left open, innermost first. */
function closeInline(tail: string): string {
  const bullets = /^\s*[*+-] /gm;
  const text = tail.trimEnd();
  const ticks = text.replace(/`[^`\n]*`/g, "");
  if (ticks.split("`").length % 2 === 0) return text.endsWith("`") ? text.slice(0, -1) : `${text}\``;

  const open: string[] = [];
  const scanned = text.replace(bullets, (bullet) => " ".repeat(bullet.length));
  for (const { 0: mark, index } of scanned.matchAll(RUN)) {
    if (!/^[*~]/.test(mark)) continue;
    const before = scanned[index - 1] ?? " ";
    const after = scanned[index + mark.length] ?? " ";
    const parts = mark === "***" ? ["**", "*"] : [mark];
    if (!/\s/.test(before) && parts.every((part) => open.includes(part))) {
      for (const part of parts) open.splice(open.lastIndexOf(part), 1);
    } else if (!/\s/.test(after)) {
      open.push(...parts);
    } else if (index + mark.length === scanned.length) {
      return closeInline(text.slice(0, index));
    }
  }
  return text + open.reverse().join("");
}

/** A growing Markdown text as it can be shown now, so that nothing flickers when its next words come. */
export function completeMarkdown(text: string): string {
  if (insideFence(text)) return text;

  const held = holdFormula(text);
  const cut = held.lastIndexOf("\n\n") + 1;
  let lines = held.slice(cut).split("\n");
  if (UNDECIDED.test(lines.at(-1) ?? "")) lines = lines.slice(0, -1);
  lines = holdTableHead(lines);
  return held.slice(0, cut) + closeInline(settleLinks(lines.join("\n")));
}
