/** One line of a CSV file (RFC 4180), its end included. */
export const csvLine = (values: (string | number)[]): string => `${values.map(csvField).join(",")}\r\n`;

/** A leading =, +, - or @ would be run as a formula by spreadsheets: it is written as text. */
function csvField(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
