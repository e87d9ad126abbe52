import { describe, expect, test } from '@jest/globals';
import { commonPasswords } from '#user/services/common-passwords.ts';
import { isTooLongForPassword, refusedLongPassword, refusedPassword } from './password.ts';

const guesses = { common: commonPasswords, emailKey: 'ada.lovelace+wallet@example.com' };
const field = ['input', 'password'];

describe('a password', () => {
  test.each([
    'correct horse',
    'ä'.repeat(7) + 'b',
    '        x',
    'x1'.repeat(100),
    '🦩'.repeat(199) + '🐦',
    '例子例子例子公司',
  ])('may be chosen: %j', (password) => {
    expect(refusedPassword(password, guesses, field)).toBeNull();
  });

  test.each([
    ['is too short', ''],
    ['is too short', '1234567'],
    ['is too short', '🦩'.repeat(7)],
    ['is too long', 'x1'.repeat(101)],
    ['is too long', '🦩1'.repeat(101)],
    ['is too long', `a${'\u0301'.repeat(48_000)}${'\u0316'.repeat(48_000)}`],
    ['is common', 'password'],
    ['is common', 'PASSWORD'],
    ['is common', 'ｐａｓｓｗｏｒｄ'],
    ['is common', ' password '],
    ['is common', '12345678'],
    ['is common', 'Password1'],
    ['is common', 'P@ssw0rd'],
    ['is common', 'qwertyuiop'],
    ['is common', 'iloveyou'],
    ['is common', 'trustno1'],
    ['is one character', '00000000'],
    ['is one character', '🦩'.repeat(8)],
    ['contains the local part of the address', 'ada.lovelace+wallet!'],
    ['contains the local part of the address', 'I am Ada.Lovelace'],
    ['contains the local part of the address', 'ＡＤＡ.LOVELACE 1815'],
  ])('may not be chosen that %s: %j', (_why, password) => {
    expect(refusedPassword(password, guesses, field)).toMatchObject({ refused: 'WEAK_PASSWORD', field });
  });

  test('may contain a short name, because many words contain it', () => {
    expect(refusedPassword('correct horse', { ...guesses, emailKey: 'or@example.com' }, field)).toBeNull();
    expect(refusedPassword('correct horse', { ...guesses, emailKey: 'cor@example.com' }, field)).not.toBeNull();
  });
});

test('a text that is longer than any password is refused for its length', () => {
  expect(isTooLongForPassword('🦩'.repeat(200))).toBe(false);
  expect(isTooLongForPassword('🦩'.repeat(201))).toBe(true);
  expect(refusedLongPassword('x'.repeat(201), field)).toMatchObject({ refused: 'INVALID_CREDENTIALS', field });
  expect(refusedLongPassword('', field)).toBeNull();
});
