import { argon2Sync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { formatPasswordHash, parsePasswordHash } from '#user/domain/password-hash.ts';
import { hashPassword, passwordFits } from './passwords.ts';

const password = 'correct horse battery staple';

/** A hash of the password that takes no time to try. */
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

test('hashes with argon2id at the cost that OWASP names, and another salt each time', async () => {
  const [one, other] = await Promise.all([hashPassword(password), hashPassword(password)]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(parsePasswordHash(one).salt).not.toEqual(parsePasswordHash(other).salt);
});

test('finds the password that fits, and no other', async () => {
  const stored = await hashPassword(password);
  expect(await passwordFits(password, stored)).toBe(true);
  expect(await passwordFits(`${password} `, stored)).toBe(false);
  expect(await passwordFits('', stored)).toBe(false);
});

test('tries a stored hash at the cost that it was made with', async () => {
  expect(await passwordFits(password, cheap)).toBe(true);
  expect(await passwordFits('another', cheap)).toBe(false);
});

test('takes a password in any Unicode form', async () => {
  const stored = await hashPassword('Pa\u00dfw\u00f6rter');
  expect(await passwordFits('Pa\u00dfwo\u0308rter', stored)).toBe(true);
});

test('finds that nothing fits where there is no hash', async () => {
  expect(await passwordFits(password, undefined)).toBe(false);
});

describe('under a rush', () => {
  test('everybody gets their turn', async () => {
    const fits = await Promise.all(Array.from({ length: 300 }, () => passwordFits(password, cheap)));
    expect(fits).toEqual(Array.from({ length: 300 }, () => true));
  });

  test('those who would wait too long are sent away at once, and the next ones are let in again', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 1_000 }, () => passwordFits(password, cheap)));
    const sentAway = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(sentAway.length).toBeGreaterThan(400);
    expect(sentAway.length).toBeLessThan(500);
    expect(sentAway[0]).toMatchObject({ extensions: { code: 'SERVICE_UNAVAILABLE' } });
    expect(await passwordFits(password, cheap)).toBe(true);
  });

  test('one that fails gives its turn to the next', async () => {
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 10 }, () => passwordFits(password, 'malformed')),
      ...Array.from({ length: 10 }, () => passwordFits(password, '$argon2id$v=19$m=1,t=1,p=1$YWJjZGVmZ2g$YWJjZA')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'rejected'));
    expect(await passwordFits(password, cheap)).toBe(true);
  });
});
