import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { showJson } from './show-json.ts';

describe('showJson', () => {
  test('puts on one line what fits there', () => {
    expect(showJson({ data: { viewer: null, codes: ['A', 'B'], none: {} } })).toBe(
      '{ "data": { "viewer": null, "codes": ["A", "B"], "none": {} } }',
    );
  });

  test('gives each part of what does not fit a line of its own', () => {
    const long = 'x'.repeat(90);

    expect(showJson({ long, rest: [1, 2] })).toBe(`{\n  "long": "${long}",\n  "rest": [1, 2]\n}`);
  });

  test('is the same JSON, whatever it looks like', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(JSON.parse(showJson(value))).toEqual(roundTrip(value))));
  });
});

const roundTrip = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
