import { describe, expect, test } from '@jest/globals';
import { isRefusal, userErrors } from '#platform/errors/refusal.ts';
import { changedProfile, draftUser as draft, type Registration } from './person.ts';

const draftUser = (registration: Registration) => draft(registration, new Set(['correct']));

const ada = { email: 'ada@example.com', name: 'Ada', password: 'correct horse' };

/** The codes and fields of the refusal; empty if the profile is accepted. */
function faults(outcome: object): (readonly [string, string[] | null])[] {
  return isRefusal(outcome) ? userErrors(outcome).map(({ code, field }) => [code, field] as const) : [];
}

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

  test.each(['', '   ', '\t\n', 'a'.repeat(201), '🦩'.repeat(201), ' '.repeat(90_000), `${' '.repeat(400)}Ada`])(
    'is refused: %j',
    (name) => {
      expect(faults(draftUser({ ...ada, name }))).toEqual([['INVALID_NAME', ['input', 'name']]]);
    },
  );

  test.each([
    ['a line feed', 'Ada\nBcc: eve@example.com'],
    ['a carriage return', 'Ada\rEve'],
    ['a tab', 'Ada\tEve'],
    ['NEL', 'Ada\u0085Eve'],
    ['a line separator', 'Ada\u2028Eve'],
    ['a paragraph separator', 'Ada\u2029Eve'],
    ['a right-to-left override', 'Ada\u202Eevil'],
    ['an isolate', 'Ada\u2066evil'],
    ['DEL', 'Ada\u007F'],
    ['only invisible characters', '\u200B\u200D'],
  ])('is refused with %s', (_what, name) => {
    expect(faults(draftUser({ ...ada, name }))).toEqual([['INVALID_NAME', ['input', 'name']]]);
  });

  test('is stored without surrounding space', () => {
    expect(draftUser({ ...ada, name: '  Ada Lovelace ' })).toMatchObject({ name: 'Ada Lovelace' });
  });
});

test('a profile is stored with the key of the address', () => {
  expect(draftUser({ ...ada, email: ' Ada@Example.COM ' })).toEqual({
    email: 'Ada@Example.COM',
    emailKey: 'ada@example.com',
    name: 'Ada',
  });
});

test('one refusal lists every fault of a profile', () => {
  expect(faults(draftUser({ email: 'ada', name: '', password: 'short' }))).toEqual([
    ['INVALID_EMAIL', ['input', 'email']],
    ['INVALID_NAME', ['input', 'name']],
    ['WEAK_PASSWORD', ['input', 'password']],
  ]);
});

describe('a change of the profile', () => {
  const before = { email: 'Ada@example.com', name: 'Ada' };

  test.each([{}, { email: null, name: null }, { email: undefined }])('keeps the fields that it omits: %j', (change) => {
    expect(changedProfile(before, change)).toEqual({});
  });

  test('does not check an unchanged field again', () => {
    const old = { email: 'ada@localhost', name: 'Ada' };
    expect(changedProfile(old, { ...old, name: 'Countess' })).toEqual({ name: 'Countess' });
  });

  test('contains the new values', () => {
    expect(changedProfile(before, { name: ' Countess ' })).toEqual({ name: 'Countess' });
    expect(changedProfile(before, { email: 'ADA@x.org' })).toEqual({ email: 'ADA@x.org', emailKey: 'ada@x.org' });
  });

  test('is refused with all of its faults', () => {
    expect(faults(changedProfile(before, { email: 'x', name: ' ' }))).toEqual([
      ['INVALID_EMAIL', ['input', 'email']],
      ['INVALID_NAME', ['input', 'name']],
    ]);
  });
});
