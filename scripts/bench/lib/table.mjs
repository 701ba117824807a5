/**
 * Rows as columns that line up, for a terminal.
 * @param {string[]} head
 * @param {unknown[][]} rows
 */
export function textTable(head, rows) {
  const cells = [head, ...rows.map((row) => row.map(cellText))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  const isNumber = head.map((_, column) => rows.some((row) => typeof row[column] === "number"));
  const line = (row) =>
    head
      .map((_, column) => {
        const text = row[column] ?? "";
        return isNumber[column] ? text.padStart(widths[column]) : text.padEnd(widths[column]);
      })
      .join("  ")
      .trimEnd();
  return [line(cells[0]), widths.map((width) => "─".repeat(width)).join("  "), ...cells.slice(1).map(line)].join("\n");
}

/** The same as Markdown. */
export function markdownTable(head, rows) {
  const line = (row) => `| ${row.join(" | ")} |`;
  const escaped = (value) => cellText(value).replaceAll("|", "\\|");
  const rule = head.map((_, column) => (rows.some((row) => typeof row[column] === "number") ? "---:" : "---"));
  return [line(head), line(rule), ...rows.map((row) => line(head.map((_, column) => escaped(row[column]))))].join("\n");
}

/** Numbers with three significant digits, or whole from a hundred on; nothing for what is not known. */
export function cellText(value) {
  if (value === undefined || value === null || Number.isNaN(value)) return "–";
  if (typeof value !== "number") return String(value);
  if (value === 0) return "0";
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en");
  return Number(value.toPrecision(3)).toString();
}
