const CODE = /(^ {0,3}(?:```|~~~)[\s\S]*?(?:^ {0,3}(?:```|~~~)[ \t]*$|$(?![\s\S]))|`+[^`\n]+`+)/m;

/** Applies `change` to all of a Markdown text but its code. */
export function outsideCode(text: string, change: (piece: string) => string): string {
  const pieces = text.split(new RegExp(CODE.source, "gm"));
  return pieces.map((piece, index) => (index % 2 === 0 ? change(piece) : piece)).join("");
}

/**
 * Brings every way models write formulas to the one that cannot be mistaken for prices: `\[…\]` and `\(…\)` and, where
 * pandoc would see a formula too, `$…$`. "$5 to $10" stays money.
 */
export function normaliseMaths(text: string): string {
  if (!/[$\\]/.test(text)) return text;
  return outsideCode(text, (piece) =>
    piece
      .replace(/\\\[([\s\S]+?)\\\]/g, (_, tex: string) => `\n$$\n${tex.trim()}\n$$\n`)
      .replace(/\\\((.+?)\\\)/g, (_, tex: string) => `$$${tex.trim()}$$`)
      .replace(/(?<![$\\])\$(?![\s$])([^$\n]*[^\s$\\])\$(?![\d$])/g, (_, tex: string) => `$$${tex}$$`)
      .replace(/^[ \t]*\$\$[ \t]*([^$\n]+?)[ \t]*\$\$[ \t]*$/gm, (_, tex: string) => `$$\n${tex}\n$$`),
  );
}
