import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { databaseUrls, settingsOf } from '#local/credentials.ts';
import { redisUsersFile } from '#local/redis-users.ts';
import { connectionsOf, generatePasswords, redisPasswordsOf } from './connections.ts';

describe('connectionsOf', () => {
  const passwords = generatePasswords();
  const connections = connectionsOf(passwords);

  test("has for each process the URL that the migration derives from the administrator's URL", () => {
    const derived = settingsOf(databaseUrls(connections.DATABASE_URL));
    const given = Object.entries(connections).filter(([key]) => key.endsWith('_DATABASE_URL'));

    expect(given).toHaveLength(15);
    for (const [key, url] of given) expect(url).toBe(derived[key]);
  });

  test("has for each process a Redis URL with its own user, and the users file has that user's password hash", () => {
    const file = redisUsersFile(redisPasswordsOf(connections.REDIS_PASSWORD));
    const given = Object.entries(connections).filter(([key]) => key.endsWith('_REDIS_URL'));

    expect(given).toHaveLength(7);
    for (const [key, url] of given) {
      const { username, password, host } = new URL(url);
      expect({ key, username, host }).toEqual({
        key,
        username: `wallet_${key.replace(/_REDIS_URL$/, '').toLowerCase()}`,
        host: 'redis:6379',
      });
      const hash = createHash('sha256').update(password).digest('hex');
      expect(file).toContain(`user ${username} on #${hash} `);
      expect(file).not.toContain(password);
    }
  });

  test("has no administrator's password in any other value", () => {
    const administrators = new Set(['DATABASE_URL', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD']);
    for (const [, value] of Object.entries(connections).filter(([key]) => !administrators.has(key))) {
      expect(value).not.toContain(passwords.postgres);
      expect(value).not.toContain(passwords.redis);
    }
  });

  test('has new passwords for each installation', () => {
    expect(generatePasswords()).not.toEqual(passwords);
    expect(passwords.postgres).toMatch(/^[0-9a-f]{48}$/);
    expect(passwords.redis).not.toBe(passwords.postgres);
  });
});
