import { argon2Sync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { formatPasswordHash, parsePasswordHash } from '#user/domain/password-hash.ts';
import { callerFrom } from '#test/factories.ts';
import { createPasswords } from './passwords.ts';

const passwords = createPasswords({ PASSWORD_QUEUE_LENGTH: 10, PASSWORD_QUEUE_WAIT_MS: 20_000 });
const hashPassword = async (text: string) => await passwords.hash(callerFrom(), text);
const passwordFits = async (text: string, stored: string | undefined) =>
  await passwords.fits(callerFrom(), text, stored);

const password = 'correct horse battery staple';

/** A hash of the password with the lowest cost, so that a check is fast. */
const cheap = (() => {
  const cost = { memoryKib: 8, passes: 1, lanes: 1 };
  const salt = Buffer.alloc(16, 7);
  const hash = argon2Sync('argon2id', {
    message: password,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory: 8,
    passes: 1,
  });
  return formatPasswordHash({ cost, salt, hash });
})();

test('hashes with argon2id at the cost that OWASP recommends, with a new salt each time', async () => {
  const [one, other] = await Promise.all([hashPassword(password), hashPassword(password)]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(parsePasswordHash(one).salt).not.toEqual(parsePasswordHash(other).salt);
});

test('accepts the password of the hash, and no other', async () => {
  const stored = await hashPassword(password);
  expect(await passwordFits(password, stored)).toBe(true);
  expect(await passwordFits(`${password} `, stored)).toBe(false);
  expect(await passwordFits('', stored)).toBe(false);
});

test('checks a stored hash at the cost of that hash', async () => {
  expect(await passwordFits(password, cheap)).toBe(true);
  expect(await passwordFits('another', cheap)).toBe(false);
});

test('accepts a password in any Unicode form', async () => {
  const stored = await hashPassword('Pa\u00dfw\u00f6rter');
  expect(await passwordFits('Pa\u00dfwo\u0308rter', stored)).toBe(true);
});

test('accepts no password if there is no hash', async () => {
  expect(await passwordFits(password, undefined)).toBe(false);
});

test('limits waiting requests, and releases the turn after a malformed hash', async () => {
  const outcomes = await Promise.allSettled([
    ...Array.from({ length: 10 }, async () => await passwordFits(password, 'malformed')),
    ...Array.from(
      { length: 5 },
      async () => await passwordFits(password, '$argon2id$v=19$m=1,t=1,p=1$YWJjZGVmZ2g$YWJjZA'),
    ),
    ...Array.from({ length: 20 }, async () => await passwordFits(password, cheap)),
  ]);
  const fitted = outcomes.filter(({ status }) => status === 'fulfilled');
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  expect(fitted.length).toBeGreaterThanOrEqual(10);
  expect(refused).toContainEqual(
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'RATE_LIMITED' }) }),
  );
  expect(await passwordFits(password, cheap)).toBe(true);
});
