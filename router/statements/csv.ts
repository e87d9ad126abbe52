/** Lines of CSV (RFC 4180) that every spreadsheet program can open, and that contain no formulas. */

/** Excel recognises UTF-8 by it. */
export const byteOrderMark = '\uFEFF';

/** Returns the header line. The column names need no quotes. */
export function csvHeader(names: readonly string[]): string {
  return `${names.join(',')}\r\n`;
}

export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(csvValue).join(',')}\r\n`;
}

const plainNumber = /^-?[0-9]+(?:\.[0-9]+)?$/;

/** Numbers stay numbers. Every text is quoted, so that it may contain list separators. */
function csvValue(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  return plainNumber.test(text) ? text : `"${inert(text).replaceAll('"', '""')}"`;
}

const lineBreak = /\r\n|[\p{Cc}\u2028\u2029]/gu;

/** The first characters of formulas: `=`, `+`, `-` and `@`, also full-width, small, superscript and subscript. */
const formulaSign = /[=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−]/u;

/** The characters at which a program may split a line, in any country. */
const separator = /[,;:|^~#&*\\$=＝，；：｜､、،؛]/u;

/** What a program may remove before it looks for a formula: blanks, invisible characters and quotes. */
const stripped = /[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800"'`´‘’‚‛“”„‟«»]/u;

/**
 * Returns a text of which no spreadsheet program reads any part as a formula, whole or split at any list separator. An
 * apostrophe precedes each sign that could begin a formula. Line breaks, which begin cells in some programs, become
 * spaces.
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
