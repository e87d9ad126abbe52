import { describe, expect, test } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import { isRefusal, userErrors } from '#platform/errors/refusal.ts';
import { emailKey, parseEmail, twinKey } from './email.ts';

function codes(text: string) {
  const parsed = parseEmail(text);
  return isRefusal(parsed) ? userErrors(parsed).map(({ code, field }) => [code, field]) : [];
}

describe('an address', () => {
  test.each([
    'ada@example.com',
    'Ada.Lovelace+orders@mail.example.com',
    "o'brien@example.ie",
    'x@y.io',
    '1@2.co',
    'ada@xn--bcher-kva.example',
    '阿达@例子.公司',
    'ÅDA@ÉXAMPLE.com',
    'ada@a-b.c-d.example',
    `${'a'.repeat(242)}@example.com`,
    '  ada@example.com\n',
  ])('is taken: %j', (email) => {
    expect(codes(email)).toEqual([]);
  });

  test.each([
    '',
    ' ',
    'ada',
    '@',
    'a@b',
    'ada@localhost',
    'ada@example.c',
    'ada@example.123',
    'ada@127.0.0.1',
    'ada@0x7f.1',
    'ada@exa_mple.com',
    'ada@-example.com',
    'ada@example-.com',
    `ada@${'a'.repeat(64)}.com`,
    '.ada@example.com',
    'ada.@example.com',
    'ada..lovelace@example.com',
    '@example.com',
    'ada@',
    'ada@@example.com',
    'ada@ex@mple.com',
    'a da@example.com',
    'ada@exam ple.com',
    'ada@example.com,eve@example.com',
    'Ada <ada@example.com>',
    'x<ada@example.com',
    '"ada"@example.com',
    'ada(comment)@example.com',
    'ada@[127.0.0.1]',
    'ada@.example.com',
    'ada@example..com',
    'ada@example.com.',
    'ada@example.com/path',
    'ada@example.com:25',
    'ada@%65xample.com',
    'ada@example.com\r\nBcc: eve@example.com',
    'ada\t@example.com',
    'ada\u0007@example.com',
    'ada\u200b@example.com',
    'ada\u00ad@example.com',
    'ada\ufe0f@example.com',
    'ada\u3164@example.com',
    'ada\u00a0@example.com',
    'ada\u202e@example.com',
    'ada＠example.com',
    'ada@evil＠example.com',
    'ada＜eve@example.com',
    'ada․@example.com',
    `${'a'.repeat(243)}@example.com`,
    `${'\ufdfa'.repeat(50)}@example.com`,
    `a${'\u0301'.repeat(48_000)}${'\u0316'.repeat(48_000)}@example.com`,
  ])('is refused: %j', (email) => {
    expect(codes(email)).toEqual([['INVALID_EMAIL', ['input', 'email']]]);
  });

  test('is stored as typed, without surrounding space', () => {
    expect(parseEmail(' Ada@Bücher.Example ')).toEqual({
      email: 'Ada@Bücher.Example',
      emailKey: 'ada@xn--bcher-kva.example',
    });
  });
});

describe('one mailbox', () => {
  test.each([
    ['case', 'ADA@EXAMPLE.COM', 'ada@example.com'],
    ['full width', 'ａｄａ@example.com', 'ada@example.com'],
    ['composed and decomposed letters', 'e\u0301mile@example.com', 'émile@example.com'],
    ['case of decomposed letters', 'ÉMILE@example.com', 'e\u0301mile@example.com'],
    ['ligatures', 'ﬁona@example.com', 'FIONA@example.com'],
    ['the sign for kelvin', '\u212aelvin@example.com', 'kelvin@example.com'],
    ['script letters', 'ℰve@example.com', 'eve@example.com'],
    ['ß and SS', 'maße@example.com', 'MASSE@example.com'],
    ['ß and ss', 'maße@example.com', 'masse@example.com'],
    ['the capital ẞ', 'MAẞE@example.com', 'maße@example.com'],
    ['a final sigma', 'νίκος@example.com', 'ΝΊΚΟΣ@example.com'],
    ['a final sigma before a dot', 'νίκος.α@example.com', 'νίκοσ.α@example.com'],
    ['a long s', 'ſam@example.com', 'SAM@example.com'],
    ['an iota below', 'ᾳ@example.com', 'ΑΙ@example.com'],
    ['Cherokee case', 'ꭰ@example.com', 'Ꭰ@example.com'],
    ['Armenian ligatures', 'և@example.com', 'ԵՒ@example.com'],
    ['an IDN and its punycode', 'ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['an IDN in capitals', 'ada@BÜCHER.example', 'ada@XN--BCHER-KVA.EXAMPLE'],
    ['an IDN that is decomposed', 'ada@bu\u0308cher.example', 'ada@bücher.example'],
    ['a domain in full width', 'ada@ｅxample.com', 'ada@example.com'],
    ['a Chinese domain and its punycode', '阿达@例子.公司', '阿达@xn--fsqu00a.xn--55qx5d'],
    ['space around it', '\tada@example.com ', 'ada@example.com'],
  ])('is known by either of two spellings: %s', (_what, one, other) => {
    expect(codes(one)).toEqual([]);
    expect(emailKey(one)).toBe(emailKey(other));
  });
});

describe('two mailboxes', () => {
  test.each([
    ['dots', 'ada.l@example.com', 'adal@example.com'],
    ['tags', 'ada+a@example.com', 'ada@example.com'],
    ['accents', 'émile@example.com', 'emile@example.com'],
    ['umlauts', 'mueller@example.com', 'müller@example.com'],
    ['a dotless i', 'ır@example.com', 'ir@example.com'],
    ['letters that look alike', 'аda@example.com', 'ada@example.com'],
    ['domains', 'ada@example.com', 'ada@example.org'],
    ['subdomains', 'ada@mail.example.com', 'ada@example.com'],
    // DNS has both, with two owners (IDNA 2008).
    ['ß in the domain', 'ada@maße.example', 'ada@masse.example'],
    ['a final sigma in the domain', 'ada@βόλος.example', 'ada@βόλοσ.example'],
  ])('differ by %s', (_what, one, other) => {
    expect([codes(one), codes(other)]).toEqual([[], []]);
    expect(emailKey(one)).not.toBe(emailKey(other));
  });
});

describe('the key of an address', () => {
  test('is its own key', () => {
    assert(
      // NFKC can expand a text to eighteen times its length.
      property(string({ unit: 'binary', maxLength: 14 }), (text) => {
        const key = emailKey(text);
        expect(emailKey(key)).toBe(key);
      }),
    );
  });

  test('is the same for the lower case and the upper case of each letter', () => {
    const letters = Array.from({ length: 0x110000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
      .filter((letter) => letter !== 'ı' && letter.toLowerCase() !== letter.toUpperCase());
    const different = letters.filter((letter) => {
      const keys = [letter, letter.toLowerCase(), letter.toUpperCase(), emailKey(letter)].map(emailKey);
      return new Set(keys).size > 1;
    });
    expect(different).toEqual([]);
  });

  test('is not computed for a text that is longer than an address', () => {
    expect(() => emailKey('a'.repeat(255))).toThrow(RangeError);
  });

  test('never equals the key of a user who keeps a separate key for their spelling', () => {
    expect(twinKey(' Maße@example.com')).toBe('masse@example.com Maße@example.com');
    assert(
      property(string({ unit: 'binary', maxLength: 30 }), (text) => {
        expect(isRefusal(parseEmail(text)) || !emailKey(text).includes(' ')).toBe(true);
      }),
    );
  });
});
