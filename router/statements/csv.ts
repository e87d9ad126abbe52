/** Lines of CSV (RFC 4180) that every spreadsheet program can open and no text in them can attack. */

/** By this, Excel knows that a file is UTF-8. */
export const byteOrderMark = '\uFEFF';

/** The line of column names, which are ours: small letters and spaces. */
export function csvHeader(names: readonly string[]): string {
  return `${names.join(',')}\r\n`;
}

export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(csvValue).join(',')}\r\n`;
}

const plainNumber = /^-?[0-9]+(?:\.[0-9]+)?$/;

/** Numbers stay numbers. Every text is quoted, so that a list separator in it is none. */
function csvValue(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  return plainNumber.test(text) ? text : `"${inert(text).replaceAll('"', '""')}"`;
}

const lineBreak = /\r\n|[\p{Cc}\u2028\u2029]/gu;

/** What a formula can begin with: `=`, `+`, `-` and `@`, also full-width, small, raised and lowered. */
const formulaSign = /[=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−]/u;

/** What a program may split a line at, whatever its country's list separator is. */
const separator = /[,;:|^~#&*\\$=＝，；：｜､、،؛]/u;

/** What a program may strip from the beginning of a cell before it looks for a formula: blanks, invisible characters and quotes. */
const stripped = /[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800"'`´‘’‚‛“”„‟«»]/u;

/**
 * A text of which no part is a formula in any spreadsheet program, as a whole or split at any list separator: an
 * apostrophe stands before each sign that a formula could begin with there. Line breaks, which also begin cells in
 * some programs, become spaces.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function inert(text: string): string {
  let safe = '';
  let isBeginning = true;
  for (const character of text.replace(lineBreak, ' ')) {
    if (isBeginning && formulaSign.test(character)) safe += "'";
    safe += character;
    if (!stripped.test(character)) isBeginning = separator.test(character);
  }
  return safe;
}
