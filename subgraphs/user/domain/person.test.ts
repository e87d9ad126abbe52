import { describe, expect, test } from '@jest/globals';
import { isRefusal, userErrors } from '#platform/errors/refusal.ts';
import { changedProfile, draftUser as draft, type Registration } from './person.ts';

const draftUser = (registration: Registration) => draft(registration, new Set(['correct']));

const ada = { email: 'ada@example.com', name: 'Ada', password: 'correct horse' };

/** The codes with which it is refused, and the fields; none where it is not. */
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

  test('loses the space around it', () => {
    expect(draftUser({ ...ada, name: '  Ada Lovelace ' })).toMatchObject({ name: 'Ada Lovelace' });
  });
});

test('is stored with the key of the address', () => {
  expect(draftUser({ ...ada, email: ' Ada@Example.COM ' })).toEqual({
    email: 'Ada@Example.COM',
    emailKey: 'ada@example.com',
    name: 'Ada',
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
    expect(changedProfile(before, change)).toEqual({});
  });

  test('does not check again what stays as it is', () => {
    const old = { email: 'ada@localhost', name: 'Ada' };
    expect(changedProfile(old, { ...old, name: 'Countess' })).toEqual({ name: 'Countess' });
  });

  test('takes what is given', () => {
    expect(changedProfile(before, { name: ' Countess ' })).toEqual({ name: 'Countess' });
    expect(changedProfile(before, { email: 'ADA@x.org' })).toEqual({ email: 'ADA@x.org', emailKey: 'ada@x.org' });
  });

  test('is refused with everything that is wrong with it', () => {
    expect(faults(changedProfile(before, { email: 'x', name: ' ' }))).toEqual([
      ['INVALID_EMAIL', ['input', 'email']],
      ['INVALID_NAME', ['input', 'name']],
    ]);
  });
});
