import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { databaseUrls, settingsOf } from '#local/credentials.ts';
import { redisUsersFile } from '#local/redis-users.ts';
import { connectionsOf, generatePasswords, redisPasswordsOf } from './connections.ts';

describe('connectionsOf', () => {
  const passwords = generatePasswords();
  const connections = connectionsOf(passwords);

  test('gives each process the address that the migration makes for it as the administrator', () => {
    const made = settingsOf(databaseUrls(connections.DATABASE_URL));
    const given = Object.entries(connections).filter(([key]) => key.endsWith('_DATABASE_URL'));

    expect(given).toHaveLength(11);
    for (const [key, url] of given) expect(url).toBe(made[key]);
  });

  test('gives each process an address of Redis with a user of its own, whose password Redis knows', () => {
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

  test("lets nobody's address tell an administrator's password", () => {
    const administrators = new Set(['DATABASE_URL', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD']);
    for (const [, value] of Object.entries(connections).filter(([key]) => !administrators.has(key))) {
      expect(value).not.toContain(passwords.postgres);
      expect(value).not.toContain(passwords.redis);
    }
  });

  test('is another one for each installation', () => {
    expect(generatePasswords()).not.toEqual(passwords);
    expect(passwords.postgres).toMatch(/^[0-9a-f]{48}$/);
    expect(passwords.redis).not.toBe(passwords.postgres);
  });
});
