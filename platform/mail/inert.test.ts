import { describe, expect, test } from '@jest/globals';
import { inert, inertLines, quoted } from './inert.ts';

/** What the mail programs of this world turn into a link: a scheme, a domain, an address or a path of a server. */
const linked = /[a-z][a-z\d+.-]*:(?=[^\s\d])|\S\.\p{L}|[^\s[]@\S|\/\/|\\\\|www\./iu;

describe('a customer’s words', () => {
  test.each([
    'http://evil.example/login',
    'https://evil.example',
    'HTTPS://EVIL.EXAMPLE',
    'http://127.0.0.1/x',
    'http://[::1]/x',
    'www.evil.example',
    'evil.example',
    'evil.example/path?a=b',
    'evil。example',
    'evil．example',
    'ｅｖｉｌ.example',
    'mailto:eve@evil.example',
    'eve@evil.example',
    'eve＠evil.example',
    'tel:+4912345',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '\\\\evil\\share',
    'see:http://evil.example.',
    'bücher.example',
    'a.b.c.d.example',
    'http:evil',
    'sms:+49',
    '\u202Ehttp://evil.example',
    'ht\u202Etp://evil.example',
  ])('contain no link: %j', (text) => {
    expect(inert(text)).not.toMatch(linked);
  });

  test.each(['Lunch, 12.50 USD', 'Thanks. See you at 10:30!', '2 × book', 'O’Brien & Söhne', '名前 🏴‍☠️', 'v1.2'])(
    'without a link stay as they are: %j',
    (text) => {
      expect(inert(text)).toBe(text.normalize('NFKC'));
    },
  );

  test('are on one line', () => {
    expect(inert('a\r\nb\tc\u2028d\u0085e\u0000f\u202Eg')).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\u202E]*$/u);
  });

  test('are quoted on each line', () => {
    expect(inertLines(quoted('Hi\n\nYour bank: http://evil.example\u2028x'))).toBe(
      '> Hi\n>\n> Your bank: http: / /evil[.]example\n> x',
    );
  });

  test('of the maximum length take little time', () => {
    for (const unit of ['a.', 'a@', 'a:', '/', 'tel:', '.']) {
      expect(inert(unit.repeat(500)).length).toBeGreaterThan(0);
    }
  });
});
