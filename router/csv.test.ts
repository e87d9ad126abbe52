import { describe, expect, test } from '@jest/globals';
import { csvLine } from './csv.ts';

describe('a line of CSV', () => {
  test('quotes what has commas, quotes or line breaks', () => {
    expect(csvLine(['a,b', 'say "hi"', 'two\nlines', null, 5])).toBe('"a,b","say ""hi""","two\nlines",,5\r\n');
  });

  test.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\tx'])('leaves no formula of %j', (text) => {
    expect(csvLine([text])).toMatch(/^"?'/);
  });

  test('leaves amounts as they are', () => {
    expect(csvLine(['-12.50'])).toBe('-12.50\r\n');
  });
});
