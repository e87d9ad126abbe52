/**
 * A line of CSV (RFC 4180). Text that a spreadsheet would take for a formula is quoted with an apostrophe, as
 * spreadsheets themselves do: what a stranger wrote into a description must not be executed by whoever opens it.
 */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(csvValue).join(',')}\r\n`;
}

const plainNumber = /^-?[0-9]+(?:\.[0-9]+)?$/;

function csvValue(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
