import { describe, expect, test } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import { isRefusal, userErrors } from '#platform/refusal.ts';
import { changedProfile, draftUser, emailKey, refusedPassword } from './person.ts';

const ada = { email: 'ada@example.com', name: 'Ada', password: 'correct horse' };

/** The codes with which it is refused, and the fields; none where it is not. */
function faults(outcome: object): (readonly [string, string[] | null])[] {
  return isRefusal(outcome) ? userErrors(outcome).map(({ code, field }) => [code, field] as const) : [];
}

describe('an address', () => {
  test.each([
    'ada@example.com',
    'Ada.Lovelace+orders@mail.example.com',
    "o'brien@example.ie",
    'x@y',
    'someone@localhost',
    '阿达@例子.公司',
    'ÅDA@ÉXAMPLE.com',
    `${'a'.repeat(242)}@example.com`,
    '  ada@example.com\n',
  ])('is taken: %j', (email) => {
    expect(faults(draftUser({ ...ada, email }))).toEqual([]);
  });

  test.each([
    '',
    ' ',
    'ada',
    '@',
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
    'ada@example.com\r\nBcc: eve@example.com',
    'ada\t@example.com',
    'ada\u0007@example.com',
    'ada\u200b@example.com',
    'ada\u00a0@example.com',
    'ada\u202e@example.com',
    'ada＠example.com',
    'ada@evil＠example.com',
    'ada＜eve@example.com',
    `${'a'.repeat(243)}@example.com`,
    `${'\ufdfa'.repeat(50)}@example.com`,
  ])('is refused: %j', (email) => {
    expect(faults(draftUser({ ...ada, email }))).toEqual([['INVALID_EMAIL', ['input', 'email']]]);
  });

  test('is stored as it was given, without the space around it', () => {
    expect(draftUser({ ...ada, email: ' Ada@Example.COM ' })).toEqual({
      email: 'Ada@Example.COM',
      emailKey: 'ada@example.com',
      name: 'Ada',
    });
  });
});

describe('the key of an address', () => {
  test.each([
    ['ADA@EXAMPLE.COM', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['e\u0301mile@example.com', 'émile@example.com'],
    ['ÉMILE@example.com', 'e\u0301mile@example.com'],
    ['ﬁona@example.com', 'FIONA@example.com'],
    ['\u212aelvin@example.com', 'kelvin@example.com'],
    ['ℰve@example.com', 'eve@example.com'],
  ])('is the same for %j and %j', (one, other) => {
    expect(emailKey(one)).toBe(emailKey(other));
  });

  test('is its own key', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(emailKey(emailKey(text))).toBe(emailKey(text));
      }),
    );
  });
});

describe('a name', () => {
  test.each([
    'x',
    'Ada Lovelace',
    '<script>alert(1)</script>',
    "Robert'); drop table users;--",
    'a'.repeat(200),
    '🦩'.repeat(200),
  ])('is stored as it is: %j', (name) => {
    expect(draftUser({ ...ada, name })).toMatchObject({ name });
  });

  test.each(['', '   ', '\t\n', 'a'.repeat(201), '🦩'.repeat(201)])('is refused: %j', (name) => {
    expect(faults(draftUser({ ...ada, name }))).toEqual([['INVALID_NAME', ['input', 'name']]]);
  });

  test('loses the space around it', () => {
    expect(draftUser({ ...ada, name: '  Ada Lovelace ' })).toMatchObject({ name: 'Ada Lovelace' });
  });
});

describe('a password', () => {
  test.each(['12345678', 'ä'.repeat(8), ' '.repeat(8), 'x'.repeat(200)])('is taken: %j', (password) => {
    expect(refusedPassword(password, [])).toBeNull();
  });

  test.each(['', '1234567', '🦩'.repeat(7), 'x'.repeat(201)])('is refused as weak: %j', (password) => {
    expect(faults(draftUser({ ...ada, password }))).toEqual([['WEAK_PASSWORD', ['input', 'password']]]);
  });
});

test('says everything that is wrong at once', () => {
  expect(faults(draftUser({ email: 'ada', name: '', password: 'short' }))).toEqual([
    ['INVALID_EMAIL', ['input', 'email']],
    ['INVALID_NAME', ['input', 'name']],
    ['WEAK_PASSWORD', ['input', 'password']],
  ]);
});

describe('a change of the profile', () => {
  const before = { email: 'Ada@example.com', name: 'Ada' };

  test.each([{}, { email: null, name: null }, { email: undefined }])('leaves what is not given: %j', (change) => {
    expect(changedProfile(before, change)).toEqual({ ...before, emailKey: 'ada@example.com' });
  });

  test('takes what is given', () => {
    expect(changedProfile(before, { name: ' Countess ' })).toMatchObject({
      email: 'Ada@example.com',
      name: 'Countess',
    });
    expect(changedProfile(before, { email: 'ADA@x.org' })).toEqual({
      email: 'ADA@x.org',
      emailKey: 'ada@x.org',
      name: 'Ada',
    });
  });

  test('is refused with everything that is wrong with it', () => {
    expect(faults(changedProfile(before, { email: 'x', name: ' ' }))).toEqual([
      ['INVALID_EMAIL', ['input', 'email']],
      ['INVALID_NAME', ['input', 'name']],
    ]);
  });
});
