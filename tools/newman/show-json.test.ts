import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { showJson } from './show-json.ts';

describe('showJson', () => {
  test('prints a value that fits on one line', () => {
    expect(showJson({ data: { viewer: null, codes: ['A', 'B'], none: {} } })).toBe(
      '{ "data": { "viewer": null, "codes": ["A", "B"], "none": {} } }',
    );
  });

  test('prints each part of a longer value on a separate line', () => {
    const long = 'x'.repeat(90);

    expect(showJson({ long, rest: [1, 2] })).toBe(`{\n  "long": "${long}",\n  "rest": [1, 2]\n}`);
  });

  test('prints equivalent JSON for any value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(JSON.parse(showJson(value))).toEqual(roundTrip(value))));
  });
});

const roundTrip = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
