import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escaped } from '#test/ambiguous-parts.ts';
import { BadJson, parseJson } from './strict-json.ts';

const runs = { numRuns: 300 };

test('what one parser writes is read as it was', () => {
  const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));
  fc.assert(
    fc.property(json, (value) => {
      const text = JSON.stringify(value);
      expect(parseJson(text)).toEqual(JSON.parse(text));
      expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
    }),
    runs,
  );
});

test('a key that is there twice is refused, wherever it is and however it is written', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z":{},\\ ]{1,8}$/),
      fc.jsonValue(),
      fc.jsonValue(),
      fc.nat(3),
      (key, one, other, depth) => {
        for (const second of [JSON.stringify(key), `"${escaped(key)}"`]) {
          const object = `{${JSON.stringify(key)}:${JSON.stringify(one)},${second}:${JSON.stringify(other)}}`;
          const text = `${'[{"a":'.repeat(depth)}${object}${'}]'.repeat(depth)}`;
          expect(() => parseJson(text)).toThrow(BadJson);
        }
      },
    ),
    runs,
  );
});

describe('refuses', () => {
  test.each([
    ['a byte order mark', Buffer.from('\ufeff{}')],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
    ['half of a surrogate pair in bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
    ['nothing', Buffer.alloc(0)],
    ['a prototype', '{"a":[{"__proto__":1}]}'],
    ['the prototype of a constructor', '{"constructor":{"prototype":1}}'],
    ['what is no JSON', '{"a":1}}'],
    ['a name for a number', 'NaN'],
  ])('%s', (_what, source) => {
    expect(() => parseJson(source)).toThrow(BadJson);
  });

  test('objects nested deeper than a function can call itself, if they have a key twice', () => {
    const nested = (object: string) => `${'{"a":'.repeat(100_000)}${object}${'}'.repeat(100_000)}`;

    expect(() => parseJson(nested('{"b":1,"b":1}'))).toThrow(BadJson);
    expect(parseJson(nested('{"b":1}'))).toMatchObject({ a: { a: {} } });
  });
});

test('a constructor that is only a name is read', () => {
  expect(parseJson('{"constructor":"x","prototype":{}}')).toEqual({ constructor: 'x', prototype: {} });
});
