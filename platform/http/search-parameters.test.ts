import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseSearch } from './search-parameters.ts';

const sorted = (entries: Iterable<[string, string]>) =>
  [...entries].map((entry) => entry.join('=')).toSorted((one, other) => (one < other ? -1 : 1));

test('what a form writes is read as it was', () => {
  const parameters = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(parameters, (given) => {
      const text = new URLSearchParams(Object.entries(given)).toString();
      expect(sorted(Object.entries(parseSearch(text) ?? {}))).toEqual(sorted(Object.entries(given)));
    }),
  );
});

test('what is read is what browsers and Node read', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab=&+%0-9A-F;/:@{}"-][ab=&+%0-9A-F;?/:@{}"-]{0,20}$/), (text) => {
      const parameters = parseSearch(text);
      return (
        parameters === null || isDeepStrictEqual(sorted(Object.entries(parameters)), sorted(new URLSearchParams(text)))
      );
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  'a=%',
  'a=%2',
  'a=%ZZ',
  '%=a',
  'a=%C3%28',
  'a=%C0%AF',
  'a=%ED%A0%80',
  'a=1&a=1',
  'a&a',
  '%61=1&a=2',
  '=1&=2',
])('what others may read differently is not read: %s', (text) => {
  expect(parseSearch(text)).toBeNull();
});
